/** What somebody sees who comes through the edge: a signed-in walk, a live stream, pages, headers, and the way to HTTPS. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export async function checkEdge({ promise, site, visitor }) {
  const made = await visitor.walk()
  promise('a guest makes organization, project and task, and reads the task', made.task.title === 'Order oak')
  const next = () => visitor.call('POST', `/projects/${made.project.id}/tasks`, { token: made.token, body: { title: 'Book the crane' } })
  const { data, headers } = await visitor.firstEvent(made, next)
  promise(
    'an event comes through the open stream',
    headers['content-type'].startsWith('text/event-stream') && JSON.stringify(data).includes('task'),
  )

  const page = await visitor.ask('/tidewater/projects/new-wall', { headers: { accept: 'text/html' } })
  promise('a page is the web app', page.status === 200 && page.body.includes('<app-root>') && page.headers['cache-control'] === 'no-cache')
  const scripts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
  promise(
    'it names no host, so it works under any',
    scripts.length > 2 && scripts.every((address) => /^\/[^/]/.test(address)),
    scripts.join(' '),
  )
  const other = await visitor.ask('/', { headers: { accept: 'text/html', host: 'other.example' } })
  promise('under another host name it is the same page', other.status === 200 && other.body.includes('<app-root>'))
  const there = await visitor.ask('/api/v1/auth/guest', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      host: 'other.example',
      origin: 'https://other.example',
      'sec-fetch-site': 'same-origin',
    },
    body: '{}',
  })
  promise('and signs in there', there.status === 201, there.status)
  await checkAssets({ promise, visitor, scripts })
  await checkHeaders({ promise, site, visitor })

  const plain = await visitor.ask('/tidewater?a=b', { to: site.plainUrl })
  promise(
    'HTTP leads to HTTPS, whatever Host says',
    plain.status === 308 && plain.headers.location === `${site.url}/tidewater?a=b`,
    plain.headers.location,
  )
  return made
}

async function checkAssets({ promise, visitor, scripts }) {
  const asset = scripts.find((address) => address.endsWith('.js') && address.startsWith('/assets/'))
  const [whole, zipped, small] = await Promise.all(
    ['identity', 'gzip', 'br'].map((encoding) => visitor.ask(asset, { headers: { 'accept-encoding': encoding } })),
  )
  const isSame = gunzipSync(zipped.bytes).equals(whole.bytes) && brotliDecompressSync(small.bytes).equals(whole.bytes)
  promise(
    'an asset comes in three forms, compressed beforehand, and is kept for a year',
    isSame && /immutable/.test(whole.headers['cache-control']),
    `${whole.bytes.length}, ${zipped.bytes.length} and ${small.bytes.length} bytes`,
  )
  for (const address of [
    '/nothing.js',
    '/.env',
    '/assets/../../etc/passwd',

    `${asset}.br`,
    '/..%2f..%2fetc%2fpasswd',
    '/index.php',
  ])
    promise(`${address} is nothing`, [400, 403, 404].includes((await visitor.ask(address, { headers: { accept: '*/*' } })).status))
}

// The API answers these itself: the edge must say the same of its own answers.
async function checkHeaders({ promise, site, visitor }) {
  const seen = await site.compose([
    'exec',
    '-T',
    'api',
    'node',
    '-e',
    `fetch('http://127.0.0.1:3000/nothing.js').then(r => console.log(JSON.stringify([...r.headers])))`,
  ])
  const apart = new Set(['date', 'connection', 'keep-alive', 'content-length', 'x-request-id', 'etag', 'last-modified', 'accept-ranges'])
  const own = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !apart.has(name)))
  const api = own(Object.fromEntries(JSON.parse(seen.stdout)))
  const edge = own((await visitor.ask('/nothing.js')).headers)
  const names = [...new Set([...Object.keys(api), ...Object.keys(edge)])]
  const different = names.filter((name) => api[name] !== edge[name])
  promise(
    'what the edge answers itself carries the headers of the API',
    names.length >= 14 && different.length === 0,
    different.map((name) => `${name}: ${edge[name]} / ${api[name]}`).join(', '),
  )
  const page = (await visitor.ask('/')).headers
  promise(
    'the page has the strict policy and asks for HTTPS',
    /trusted-types lit-html/.test(page['content-security-policy']) &&
      page['strict-transport-security'] === 'max-age=31536000; includeSubDomains',
  )
  const through = (await visitor.ask('/api/v1')).headers
  promise(
    'an answer of the API carries each header once',
    Object.entries(api).every(([name, value]) => name === 'content-type' || through[name] === value),
  )
  promise('nobody says what serves', !('server' in page) && !('server' in through) && !('x-powered-by' in through))
}
