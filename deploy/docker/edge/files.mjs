/**
 * Makes what the edge serves out of what the API says: the headers and refusals as nginx writes them, and the web app with its compressed
 * forms. `node --import tsx files.mjs web/dist /edge`. Made from the server's own code, so that both doors cannot disagree.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { catalogue } from '../../../shared/src/errors.ts'
import { pagePolicy, securityHeaders } from '../../../server/src/http/security-headers.ts'

const [built, target] = process.argv.slice(2)
const conf = path.join(target, 'nginx')
mkdirSync(conf, { recursive: true })

/** Headers of every answer that the edge gives itself; a page has another policy. HSTS depends on the address and is rendered at start. */
function headersOf(policy) {
  const headers = { 'X-Request-Id': '$request_name' }
  const res = { setHeader: (name, value) => (headers[name] = value), removeHeader: () => {} }
  securityHeaders({ config: { publicUrl: new URL('http://localhost'), HSTS_SECONDS: 0 } })({}, res, () => {})
  if (policy) headers['Content-Security-Policy'] = policy
  delete headers['Cache-Control'] // each kind of answer has its own
  return Object.entries(headers)
}

const added = (headers) => headers.map(([name, value]) => `add_header ${name} "${value}" always;\n`).join('')

writeFileSync(path.join(conf, 'headers.conf'), added(headersOf()))
writeFileSync(path.join(conf, 'page-headers.conf'), added(headersOf(pagePolicy)))

// With `error_page 403` the firewall writes no line for what it refuses (ModSecurity-nginx 1.0.3, tried), so nginx's own page is
// rewritten instead. Its type is RFC 9457's, which nothing else here has: answers of the API are not searched.
const ownPage = String.raw`<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
const refused = { error: 'REQUEST_REFUSED', message: 'The firewall takes this request for an attack', requestId: '$request_name' }
const replaced = [...headersOf(), ['Cache-Control', 'no-store']].map(([name, value]) => `more_set_headers -s 403 "${name}: ${value}";\n`)
writeFileSync(
  path.join(conf, 'firewall-answer.conf'),
  [
    ...replaced,
    `more_set_headers -s 403 -t text/html "Content-Type: application/problem+json";\n`,
    `sub_filter "${ownPage}" '${JSON.stringify(refused)}';\n`,
    'sub_filter_types application/problem+json;\nsub_filter_once on;\nmsie_padding off;\n',
  ].join(''),
)

const refusals = {
  404: ['ROUTE_NOT_FOUND', catalogue.ROUTE_NOT_FOUND],
  413: ['PAYLOAD_TOO_LARGE', catalogue.PAYLOAD_TOO_LARGE],
  503: ['UNAVAILABLE', catalogue.UNAVAILABLE],
}
const locations = Object.entries(refusals).map(([status, [error, { message }]]) => {
  const body = JSON.stringify({ error, message, requestId: '$request_name' })
  return `location @${status} {
  include /etc/edge/made/headers.conf;
  include /tmp/edge/hsts.conf;
  add_header Cache-Control no-store always;
  ${status === '503' ? 'add_header Retry-After 2 always;' : ''}
  types {}
  default_type 'application/json; charset=utf-8';
  return ${status} '${body}';
}
`
})
writeFileSync(path.join(conf, 'refusals.conf'), locations.join(''))

const web = path.join(target, 'web')
cpSync(built, web, { recursive: true })
for (const entry of readdirSync(web, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest)$/.test(file)) continue
  const bytes = readFileSync(file)
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
  const forms = { gz: gzipSync(bytes, { level: 9 }), br: brotliCompressSync(bytes, brotli) }
  for (const [ending, small] of Object.entries(forms)) if (small.length < bytes.length) writeFileSync(`${file}.${ending}`, small)
}
