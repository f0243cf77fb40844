/**
 * Writes what nginx says in answers of its own, when the edge starts: headers, policies and refusals, by the server's own code and from the
 * same keys of the environment, so that both doors cannot disagree. `node headers.mjs /tmp/edge`.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../../../shared/src/errors.ts'
import { headerKeys } from '../../../server/src/config-headers.ts'
import { keys } from '../../../server/src/config.ts'
import { policyHeaders, securityHeaders } from '../../../server/src/http/security-headers.ts'

const config = read(['PUBLIC_URL', 'HSTS_SECONDS', ...Object.keys(headerKeys)])
const request = { publicUrl: new URL(config.PUBLIC_URL ?? 'http://localhost'), ...config }
const everywhere = headersOf(securityHeaders({ config: request }))
const onPages = headersOf(securityHeaders({ config: request }), policyHeaders({ config: request }, 'page'))
const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
const added = (headers) => headers.map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`).join('')
const sentence = (error, message) => `'${JSON.stringify({ error, message, requestId: '$request_name' })}'`

write('headers.conf', added(everywhere))
write('page-headers.conf', added(onPages))
write(
  'refusals.conf',
  [refusal(404, 'ROUTE_NOT_FOUND'), refusal(413, 'PAYLOAD_TOO_LARGE'), refusal(503, 'UNAVAILABLE', 'Retry-After 2')].join(''),
)

// With `error_page 403` the firewall writes no line for what it refuses (ModSecurity-nginx 1.0.3, tried), so nginx's own page is
// rewritten instead. Its type is RFC 9457's, which nothing else here has: answers of the API are not searched.
const ownPage = String.raw`<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
const replaced = [...everywhere, ['Cache-Control', 'no-store']].map(
  ([name, value]) => `more_set_headers -s 403 -t text/html ${quoted(`${name}: ${value}`)};\n`,
)
write(
  'firewall-answer.conf',
  `${replaced.join('')}more_set_headers -s 403 -t text/html "Content-Type: application/problem+json";
sub_filter "${ownPage}" ${sentence('REQUEST_REFUSED', 'The firewall takes this request for an attack')};
sub_filter_types application/problem+json;
sub_filter_once on;
msie_padding off;
`,
)

function refusal(status, error, header) {
  return `location @${status} {
  include /tmp/edge/headers.conf;
  add_header Cache-Control no-store always;
  ${header ? `add_header ${header} always;` : ''}
  types {}
  default_type 'application/json; charset=utf-8';
  return ${status} ${sentence(error, catalogue[error].message)};
}
`
}

/** What a chain of middleware sets. Caching is left out: each kind of answer has its own. */
function headersOf(...chain) {
  const headers = new Map([['X-Request-Id', '$request_name']])
  const res = { setHeader: (name, value) => headers.set(name, String(value)) && res, removeHeader: (name) => headers.delete(name) }
  for (const middleware of chain) middleware({}, res, () => {})
  headers.delete('Cache-Control')
  return [...headers]
}

function read(names) {
  const complaints = []
  const values = names.map((name) => {
    const { success, data, error } = keys[name].schema.safeParse(process.env[name] || keys[name].fallback)
    if (!success) complaints.push(`${name}: ${error.issues[0].message}. ${keys[name].about}`)
    return [name, data]
  })
  if (complaints.length > 0) {
    process.stderr.write(`The configuration cannot be used:\n${complaints.join('\n')}\n`)
    process.exit(78)
  }
  return Object.fromEntries(values)
}

function write(name, text) {
  writeFileSync(path.join(process.argv[2], name), text)
}
