/** Clients that are slow, many or never done: cut by a deadline, while everybody else is answered. */
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { aGuest, callerWith } from '../../test/caller.ts'
import { anOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { answersIn, head } from '../../test/wire.ts'
import { usualLimits } from './server.ts'

/** `IDLE_SOCKETS=5000` for the drill. */
const idleSockets = Number(process.env['IDLE_SOCKETS'] ?? 500)
const soon = { timeout: 15_000, interval: 20 }

let patient: TestServer
/** Cuts who is slow to ask. */
let hasty: TestServer
/** Cuts who is slow to read. */
let brisk: TestServer
beforeAll(async () => {
  patient = await aServer()
  const { database } = patient
  hasty = await aServer({ database, limits: { headersMs: 1_000, requestMs: 1_500, lookEveryMs: 50 } })
  brisk = await aServer({ database, limits: { answerMs: 1_000, lookEveryMs: 50 } })
})
afterAll(async () => {
  await Promise.all([hasty.close(), brisk.close()])
  await patient.close()
})

type Client = { socket: Socket; heard: string; isOpen: boolean }
const clients: Client[] = []
/** A connection that says what it is given and keeps what it hears. */
function aClient({ url }: TestServer, text = ''): Client {
  const client: Client = { socket: connect(Number(new URL(url).port), '127.0.0.1'), heard: '', isOpen: true }
  client.socket.setEncoding('latin1').on('data', (part: string) => (client.heard += part))
  client.socket.on('close', () => (client.isOpen = false)).on('error', () => {})
  client.socket.write(text)
  clients.push(client)
  return client
}
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy()
})

/** Sends a byte now and then until the other side closes: never silent, never done. */
async function trickle(client: Client, byte: string): Promise<void> {
  while (client.isOpen) {
    client.socket.write(byte)
    await pause(20)
  }
}

const refused = { status: 408, headers: { connection: 'close' }, body: expect.stringContaining('"error":"REQUEST_TIMEOUT"') }
const post = (length: number) =>
  head('POST /api/v1/auth/guest', { 'Content-Type': 'application/json', 'Content-Length': String(length), Connection: 'keep-alive' })

describe('somebody slow', () => {
  it.each([
    ['who sends headers byte by byte', 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'x'],
    ['who sends a body byte by byte', post(50_000), ' '],
    ['who says nothing at all', '', ''],
  ])('%s is told so and cut', async (_, beginning, byte) => {
    const client = aClient(hasty, beginning)
    await trickle(client, byte)
    expect(answersIn(client.heard)).toMatchObject([refused])
  })

  it('who stays within the deadline is answered', async () => {
    const [slow, cut] = [aClient(patient, post(2)), aClient(hasty, post(2))]
    await vi.waitFor(() => expect(cut.isOpen).toBe(false), soon) // the other has waited as long
    slow.socket.write('{}')
    await vi.waitFor(() => expect(answersIn(slow.heard)).toMatchObject([{ status: 201 }]), soon)
  })

  it('makes no noise in the log beyond an answer that nobody got', async () => {
    const from = hasty.log.length
    await trickle(aClient(hasty, post(50_000)), ' ')
    await vi.waitFor(() => expect(hasty.log.slice(from)).toContainEqual(expect.objectContaining({ msg: 'answered', aborted: true })), soon)
    expect(hasty.log.slice(from).filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  it('is cut in time by the limits that every process has', () => {
    const { headersMs, requestMs, lookEveryMs } = usualLimits
    expect(headersMs + lookEveryMs).toBeLessThanOrEqual(10_000)
    expect(requestMs + lookEveryMs).toBeLessThanOrEqual(30_000)
  })
})

describe('a reader', () => {
  const bundle = 'GET /docs/swagger-ui-bundle.js'
  const asksForMuch = (name: string) =>
    head(bundle, { Connection: 'keep-alive', 'User-Agent': name }).repeat(4) + head(bundle, { 'User-Agent': name })
  const someoneIsCut = async (server: TestServer, name: string) => {
    for (let readers = 0; readers < 4; readers++) aClient(server, asksForMuch(name)).socket.pause()
    const cut = expect.objectContaining({ msg: 'answered', userAgent: name, aborted: true }) as unknown
    await vi.waitFor(() => expect(server.log).toContainEqual(cut), soon)
  }

  it('who asks for much and reads none of it is cut', async () => {
    await expect(someoneIsCut(brisk, 'first')).resolves.toBeUndefined()
  })

  it('who reads gets all of it', async () => {
    const client = aClient(patient, asksForMuch('reader'))
    await vi.waitFor(() => expect(client.isOpen).toBe(false), soon)
    expect(answersIn(client.heard).map(({ status, body, headers }) => [status, body.length === Number(headers['content-length'])])).toEqual(
      Array.from({ length: 5 }, () => [200, true]),
    )
  })

  it('of a stream may wait longer than any answer takes', async () => {
    const owner = await aGuest(patient)
    const { id } = await anOrganization(owner)
    const stream = aClient(brisk, head(`GET /api/v1/orgs/${id}/events`, { Authorization: `Bearer ${owner.token}` }))
    await vi.waitFor(() => expect(stream.heard).toContain(': open'), soon)
    await someoneIsCut(brisk, 'second') // so the deadline has passed for the stream as well
    await callerWith(brisk, owner.token).post(`/orgs/${id}/projects`, { name: 'Heard' })
    await vi.waitFor(() => expect(stream.heard).toContain('project.created'), soon)
  })
})

describe('a connection', () => {
  let short: TestServer
  beforeAll(async () => {
    short = await aServer({ database: patient.database, limits: { requestsPerConnection: 5 } })
  })
  afterAll(() => short.close())

  it('carries so many requests and is then given up, and none of them is lost', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const sockets = new Set<unknown>()
    const ask = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(`${short.url}/api/v1/auth/guest`, { method: 'POST', agent }, (response) => {
          sockets.add(response.socket)
          response.resume().on('end', () => resolve(response.statusCode))
        })
        asked.on('error', reject).end()
      })
    expect(await Promise.all(Array.from({ length: 23 }, ask))).toEqual(Array.from({ length: 23 }, () => 201))
    expect(sockets.size).toBeGreaterThanOrEqual(5)
    agent.destroy()
  })

  it('that carries a thousand requests at once is closed after the last that it may', async () => {
    const client = aClient(short, head('GET /health', { Connection: 'keep-alive' }).repeat(1_000))
    await vi.waitFor(() => expect(client.isOpen).toBe(false), soon)
    const answers = answersIn(client.heard)
    expect(answers.map(({ status, headers }) => [status, headers['connection']])).toEqual([
      ...Array.from({ length: 4 }, () => [200, 'keep-alive']),
      [200, 'close'],
    ])
  })

  it('beyond the most that a process keeps is closed at once, and there is room when another one leaves', async () => {
    const small = await aServer({ env: { MAX_CONNECTIONS: '10' }, database: patient.database })
    try {
      const inside = Array.from({ length: 10 }, () => aClient(small, head('GET /health', { Connection: 'keep-alive' })))
      await vi.waitFor(() => expect(inside.every(({ heard }) => heard.includes('healthy'))).toBe(true), soon)
      const outside = aClient(small, head('GET /health'))
      await vi.waitFor(() => expect(outside.isOpen).toBe(false), soon)
      expect(outside.heard).toBe('')
      expect(inside.every(({ isOpen }) => isOpen)).toBe(true)
      await vi.waitFor(() => expect(small.log).toContainEqual(expect.objectContaining({ level: 40, refused: 1 })), soon)
      inside[0]?.socket.destroy()
      await vi.waitFor(async () => expect((await fetch(`${small.url}/health`)).status).toBe(200), soon)
    } finally {
      await small.close()
    }
  })

  it(`that says nothing takes nothing from the others, not even ${idleSockets} of them`, { timeout: 120_000 }, async () => {
    const server = await aServer({ database: patient.database, limits: { lookEveryMs: 100 } })
    const impatient = await aServer({ database: patient.database, limits: { headersMs: 1_000, lookEveryMs: 100 } })
    try {
      const idle: Client[] = []
      while (idle.length < idleSockets) {
        // a hundred at a time, because a system forgets those that wait too long to be accepted, and tells nobody
        const wave = Array.from({ length: 100 }, (_, n) => aClient(n % 2 === 0 ? server : impatient))
        await vi.waitFor(() => expect(wave.filter(({ socket }) => socket.connecting).length).toBe(0), soon)
        idle.push(...wave)
      }
      for (let calls = 0; calls < 20; calls++) await aGuest(server) // throws unless it is answered
      const late = idle.filter((_, n) => n % 2 === 1)
      await vi.waitFor(() => expect(late.filter(({ isOpen }) => isOpen).length).toBe(0), { timeout: 60_000, interval: 100 })
      expect(new Set(late.map(({ heard }) => answersIn(heard)[0]?.status))).toEqual(new Set([408]))
    } finally {
      await Promise.all([server.close(), impatient.close()])
    }
  })
})
