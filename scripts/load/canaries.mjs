/** What the gate must say of whom: healthy products, and releases that are bad on purpose. */

/** Long enough for the samples that the gate wants, so that a healthy product passes. */
const brief = { VUS: '10', RATE: '2', DURATION: '9s' }
const isTaskList = ({ method, path }) => method === 'GET' && /^\/api\/v1\/projects\/[^/]+\/tasks/.test(path)
const isApi = ({ path }) => path.startsWith('/api/v1/') && !path.startsWith('/api/v1/health')

/**
 * Each has the promise in words, the profile, the settings of the run, what a proxy in front does (`behave`, see proxy.mjs), the exit code of
 * the gate, and a `reason` that its sentence or one of the crossed limits must match: refused for another reason is no proof.
 */
export const canaries = [
  { promise: 'smoke passes', profile: 'smoke', code: 0 },
  { promise: 'the gate lets a healthy product pass', profile: 'gate', settings: { VUS: '8', RATE: '1', DURATION: '20s' }, code: 0 },
  {
    promise: 'stress passes, and nothing is wrong beyond the limit',
    profile: 'stress',
    settings: { VUS: '20', RATE: '12', DURATION: '8s' },
    code: 0,
  },
  { promise: 'soak passes in its short form', profile: 'soak', settings: { VUS: '8', RATE: '1', DURATION: '20s', PAUSE: '0.1' }, code: 0 },
  { promise: 'sign-in passes', profile: 'sign-in', settings: { DURATION: '8s' }, code: 0 },
  { promise: 'stream passes', profile: 'stream', settings: { VUS: '4', DURATION: '8s' }, code: 0 },
  {
    promise: 'a healthy product passes through the proxy that makes the others bad',
    profile: 'gate',
    settings: brief,
    behave: () => ({}),
    code: 0,
  },
  {
    promise: 'an API whose answers take much longer than its health is refused',
    profile: 'gate',
    settings: brief,
    // in health checks, as the limit is: so many milliseconds may be little on a busy machine
    behave: ({ healthMs, ...request }) => request.method === 'GET' && isApi(request) && { delayMs: 100 + 60 * healthMs },
    code: 99,
    reason: /^(cost|http_req_duration)\{/,
  },
  {
    promise: 'a product that is too slow as a whole, its health too, is refused',
    profile: 'gate',
    settings: { ...brief, DURATION: '3s' },
    behave: ({ method }) => method === 'GET' && { delayMs: 2_100 },
    code: 99,
    reason: /^http_req_duration\{call:health\}/,
  },
  {
    promise: 'one slow call among twelve is refused',
    profile: 'gate',
    settings: brief,
    behave: ({ path, healthMs }) => path.endsWith('/stats') && { delayMs: 500 + 60 * healthMs },
    code: 99,
    reason: /^(cost|http_req_duration)\{call:organizations\.stats\}/,
  },
  {
    promise: 'well-formed lists with nothing in them are refused, whatever K6_NO_THRESHOLDS says',
    profile: 'gate',
    settings: { ...brief, K6_NO_THRESHOLDS: 'true' },
    behave: (request) => isTaskList(request) && { status: 200, body: '{"items":[],"nextCursor":null}' },
    code: 99,
    reason: /^checks /,
  },
  {
    promise: 'a page of HTML with 200 for everything is refused',
    profile: 'gate',
    settings: brief,
    behave: (request) => isApi(request) && { status: 200, body: '<!doctype html><title>Sign in</title>' },
    code: 99,
    reason: /did not give a guest/,
  },
  {
    promise: 'a product that goes away in the middle is refused',
    profile: 'gate',
    settings: brief,
    behave: ({ count }) => count > 250 && { cut: true },
    code: 99,
    reason: /^checks /,
  },
  {
    promise: 'too few samples are refused',
    profile: 'gate',
    settings: { VUS: '2', RATE: '1', DURATION: '1s' },
    code: 99,
    reason: /^reads count>=200/,
  },
  {
    promise: 'a product that is not ready cannot be judged',
    profile: 'smoke',
    behave: ({ path }) => path === '/api/v1/health/ready' && { status: 503 },
    code: 2,
    reason: /is not ready/,
  },
  {
    promise: 'an address where nobody is cannot be judged',
    profile: 'smoke',
    url: 'http://127.0.0.1:9',
    code: 2,
    reason: /cannot be reached/,
  },
  { promise: 'a setting that is none cannot be judged', profile: 'gate', settings: { RATE: 'fast' }, code: 2, reason: /RATE is "fast"/ },
  { promise: 'a profile that does not exist cannot be judged', profile: 'smok', code: 2, reason: /no profile "smok"/ },
]
