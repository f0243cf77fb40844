/** How a procedure says that it is also a REST call. */

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type Meta = {
  /** Method and path under `/api/v1`, with input fields in braces: `GET /projects/{project}/tasks`. */
  rest?: `${Method} /${string}`
  /** Status of success; 200 unless said. 204 sends no body. */
  status?: 200 | 201 | 204
  /** Path under `/api/v1` of what was created, with output fields in braces. */
  location?: `/${string}`
  /** What one call is worth of the budgets of user and organization; 1 unless said. */
  cost?: number
  /** The tight budget of its own that a call is charged to: of the address before sign-in, of the user behind it. */
  budget?: 'signIn' | 'refresh' | 'invitations'
  /** One sentence for the API document. */
  summary?: string
}
