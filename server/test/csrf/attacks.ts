/** The ways in which a page of another site can make a browser send a request, and what somebody would try who knows the checks. */
import type { Target } from './targets.ts'

export type Attack = {
  what: string
  /** Headers of the request beside token and cookie. `application/json` and `X-Requested-With` stand unless they are named here; null leaves them out. */
  headers?: Record<string, string | null>
  method?: (target: Target) => string
  path?: (target: Target) => string
  body?: (json: string) => string
  /** The door that this is an attack on; both unless it is said. */
  door?: Target['door']
}

/** Where the server is said to be. */
export const ourOrigin = 'http://mortise.example'

const site = (value: string): Attack => ({
  what: `a browser that says ${value || 'nothing'} of the site`,
  headers: { 'Sec-Fetch-Site': value },
})
const origin = (value: string): Attack => ({ what: `an old browser with the origin "${value}"`, headers: { Origin: value } })
const type = (value: string): Attack => ({ what: `the type "${value}"`, headers: { 'Content-Type': value } })

const navigation = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', Origin: 'https://evil.example', 'X-Requested-With': null }
const simple = { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'empty', Origin: 'https://evil.example', 'X-Requested-With': null }
const inQuery = ({ path, body }: Target) => `${path}${path.includes('?') ? '&' : '?'}input=${encodeURIComponent(body)}`
const multipart = (json: string) => `--x\r\nContent-Disposition: form-data; name="input"\r\n\r\n${json}\r\n--x--\r\n`

export const attacks: readonly Attack[] = [
  ...['cross-site', 'same-site', 'Same-Origin', 'SAME-ORIGIN', 'same-origin, cross-site', 'unheard-of', ''].map(site),
  ...[
    'https://evil.example',
    'null',
    'http://mortise.example:81',
    'https://mortise.example',
    'http://sub.mortise.example',
    'http://example',
    'http://mortise.example.evil.example',
    'http://evilmortise.example',
    'HTTP://MORTISE.EXAMPLE',
    'http://mortise.example/',
    'http://mortise.example.',
    'http://user@mortise.example',
    'http://mortise.example/path',
    'http://mortise.example http://evil.example',
    'file://',
    '',
  ].map(origin),
  ...[
    'text/plain',
    'text/plain;charset=UTF-8',
    'TEXT/PLAIN',
    'application/octet-stream',
    'text/json',
    'application/csp-report',
    'application/json, text/plain',
    'application/json; charset=utf-7',
    'application/json; charset=utf-16',
    '*/*',
    ' ',
  ].map(type),
  {
    what: 'a form',
    headers: { ...navigation, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: (json) => `input=${encodeURIComponent(json)}`,
  },
  {
    what: 'a form of plain text',
    headers: { ...navigation, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'text/plain' },
    body: (json) => `${json}=`,
  },
  {
    what: 'a form with files',
    headers: { ...navigation, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'multipart/form-data; boundary=x' },
    body: multipart,
  },
  {
    what: 'a form of a sibling',
    headers: { ...navigation, Origin: 'http://sub.mortise.example', 'Sec-Fetch-Site': 'same-site', 'Content-Type': 'text/plain' },
  },
  {
    what: 'a form of an old browser',
    headers: { 'X-Requested-With': null, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: (json) => encodeURIComponent(json),
  },
  {
    what: 'files of an old browser',
    headers: { 'X-Requested-With': null, 'Content-Type': 'multipart/form-data; boundary=x' },
    body: multipart,
  },
  { what: 'a fetch without CORS', headers: { ...simple, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'text/plain;charset=UTF-8' } },
  { what: 'a beacon', headers: { ...simple, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': null } },
  { what: 'a page in a sandbox', headers: { ...simple, Origin: 'null', 'Sec-Fetch-Site': 'cross-site' } },
  { what: 'a body without a type', headers: { 'Content-Type': null }, body: (json) => json || '{}' },
  { what: 'a compressed body', headers: { 'Content-Encoding': 'gzip' } },
  { what: 'our origin and another site', headers: { Origin: ourOrigin, Referer: `${ourOrigin}/`, 'Sec-Fetch-Site': 'cross-site' } },
  { what: 'a call without the header of our page', headers: { 'X-Requested-With': null }, door: 'tRPC' },
  { what: 'a call with an empty one', headers: { 'X-Requested-With': '' }, door: 'tRPC' },
  {
    what: 'a batch of one',
    headers: { 'X-Requested-With': null },
    path: ({ path }) => `${path}?batch=1`,
    body: (json) => `{"0":${json}}`,
    door: 'tRPC',
  },
  {
    what: 'an address in capitals',
    headers: { 'X-Requested-With': null },
    path: ({ path }) => path.replace('/trpc', '/TRPC'),
    door: 'tRPC',
  },
  {
    what: 'input in the address',
    headers: { 'X-Requested-With': null, 'Content-Type': null },
    path: inQuery,
    body: () => '',
    door: 'tRPC',
  },
  {
    what: 'a picture',
    headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'image' },
    method: () => 'GET',
    path: inQuery,
    body: () => '',
  },
  { what: 'a link', headers: { ...navigation, 'Sec-Fetch-Site': 'cross-site' }, method: () => 'GET', path: inQuery, body: () => '' },
  { what: 'HEAD', method: () => 'HEAD', path: inQuery, body: () => '' },
  { what: 'OPTIONS', headers: { Origin: 'https://evil.example' }, method: () => 'OPTIONS' },
  {
    what: 'GET that means another method',
    headers: { 'X-HTTP-Method-Override': 'POST', 'X-HTTP-Method': 'POST', 'X-Method-Override': 'POST' },
    method: () => 'GET',
  },
  {
    what: 'a socket of a web page',
    headers: { Origin: 'https://evil.example', Connection: 'Upgrade, close', Upgrade: 'websocket' },
    method: () => 'GET',
    path: inQuery,
  },
]
