/** How a procedure says that it is also a REST call. */

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type Meta = {
  /** Method and path under `/api/v1`, with input fields in braces: `GET /projects/{project}/tasks`. */
  rest?: `${Method} /${string}`
  /** Status of success; 200 unless said. 204 sends no body. */
  status?: 200 | 201 | 204
  /** Path under `/api/v1` of what was created, with output fields in braces. */
  location?: `/${string}`
  /** One sentence for the API document. */
  summary?: string
}
