/** The firewall in its three positions: attacks against it, and what ordinary people write through it. */
import { attacks } from '../corpus/attacks.mjs'
import { sentences } from '../corpus/sentences.mjs'

const isRefused = ({ status, body }) => status === 403 && body.includes('"REQUEST_REFUSED"')

export async function checkFirewall({ promise, site, visitor, made }) {
  await turn(site, 'block')
  const named = (prefix) =>
    attacks.map((attack, at) => ({ ...attack, headers: { ...attack.headers, 'x-request-id': `${prefix}-${String(at).padStart(4, '0')}` } }))
  const results = await ask(visitor, named('blocked'))
  const passed = results.filter(({ answer }) => !isRefused(answer))
  promise(
    'block: every attack is refused',
    attacks.length >= 60 && passed.length === 0,
    `${attacks.length - passed.length} of ${attacks.length} ${passed.map(({ title, answer }) => `${title} (${answer.status})`).join(', ')}`,
  )
  const blockedUnseen = await withoutLine(site, named('blocked'))
  promise('block: each leaves a line with its request id', blockedUnseen.length === 0, `${blockedUnseen.length} missing`)
  await passSentences({ promise, visitor, made })
  promise('block: the walk passes', Boolean(await visitor.walk()))

  await turn(site, 'detect')
  const detected = await ask(visitor, named('noticed'))
  promise(
    'detect: no attack is refused by the firewall',
    detected.every(({ answer }) => !isRefused(answer)),
  )
  const noticedUnseen = await withoutLine(site, named('noticed'))
  promise('detect: each leaves a line with its request id', noticedUnseen.length === 0, `${noticedUnseen.length} missing`)

  await turn(site, 'off')
  const open = await ask(visitor, named('unseen'))
  promise(
    'off: no attack is refused by the firewall',
    open.every(({ answer }) => !isRefused(answer)),
  )
  promise('off: none leaves a line', (await withoutLine(site, named('unseen'))).length === attacks.length)
  promise(
    'whatever the firewall does, nothing fails inside',
    open.every(({ answer }) => answer.status < 500),
    open
      .filter(({ answer }) => answer.status >= 500)
      .map(({ title, answer }) => `${title} (${answer.status})`)
      .join(', '),
  )
  await turn(site, 'block')
}

async function passSentences({ promise, visitor, made }) {
  const { token, project } = made
  const wrong = []
  const waiting = [...sentences]
  const write = async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
      const title = text.replaceAll('\n', ' ').slice(0, 200)
      for (const [where, request] of Object.entries(placesFor(title, text, project.id, token))) {
        const { status } = await untilNotBusy(() => visitor.ask(...request))
        if (status >= 300) wrong.push(`${where} ${status}: ${title}`)
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, write))
  promise(
    'block: what ordinary people write passes',
    sentences.length >= 500 && wrong.length === 0,
    `${sentences.length} sentences in 4 places, ${wrong.length} refused ${wrong.slice(0, 8).join(' | ')}`,
  )
}

/** A busy machine may answer 503: that is nothing the firewall said. */
async function untilNotBusy(request) {
  for (let left = 10; ; left--) {
    const answer = await request()
    if (answer.status !== 503 || left === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function placesFor(title, text, project, token) {
  const words = title.slice(0, 60)
  const input = JSON.stringify({ 0: { project, q: words } })
  const headers = { authorization: `Bearer ${token}` }
  return {
    'REST title': [`/api/v1/projects/${project}/tasks`, post(token, { title, description: text })],
    'tRPC title': ['/trpc/tasks.create?batch=1', post(token, { 0: { project, title, description: text } })],
    'REST search': [`/api/v1/projects/${project}/tasks?${new URLSearchParams({ q: words })}`, { headers }],
    'tRPC search': [`/trpc/tasks.list?${new URLSearchParams({ batch: '1', input })}`, { headers }],
  }
}

const post = (token, body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-requested-with': 'mortise', authorization: `Bearer ${token}` },
  body: JSON.stringify(body),
})

async function ask(visitor, requests) {
  const results = []
  for (const { title, path, ...options } of requests) results.push({ title, answer: await visitor.ask(path, options) })
  return results
}

async function turn(site, mode) {
  const { code, output } = await site.compose(['up', '--detach', '--wait', '--no-deps', 'edge'], { WAF: mode })
  if (code !== 0) throw new Error(output)
}

async function withoutLine(site, requests) {
  const { stdout } = await site.compose(['logs', '--no-log-prefix', 'edge'])
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"transaction"'))
  const seen = new Set(lines.map((line) => JSON.parse(line).transaction.unique_id))
  return requests.filter(({ headers }) => !seen.has(headers['x-request-id']))
}
