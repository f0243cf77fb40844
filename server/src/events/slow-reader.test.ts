/** A reader who does not read: costs the server what fits into a socket, and loses nothing. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { aGuest, type Caller } from '../../test/caller.ts'
import { anOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { withConnection } from '../db/provision-connection.ts'

const many = 40_000
const batches = many / 200

let server: TestServer
let owner: Caller
let org: string
beforeAll(async () => {
  server = await aServer()
  owner = await aGuest(server)
  org = (await anOrganization(owner)).id
  await withConnection(server.database.adminUrl, async (client) => {
    await client.query(
      `insert into app.events (organization_id, seq, type, entity_id, version) select $1, n, 'task.updated', $1, n from generate_series(2, $2::int) n`,
      [org, many],
    )
    await client.query(`update app.event_heads set seq = $2 where organization_id = $1`, [org, many])
  })
})
afterAll(() => server.close())

const aMoment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until nothing is asked of the database any more, and gives how often it was asked. */
async function settled(asked: () => number): Promise<number> {
  for (let before = -1; before !== asked(); await aMoment(300)) before = asked()
  return asked()
}

function ask(path: string): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${owner.token}\r\nLast-Event-ID: 0\r\n\r\n`)
  return socket
}

/** Reads on until the last event and gives how many there were. */
async function readAll(socket: Socket): Promise<number> {
  let [count, tail] = [0, '']
  for await (const chunk of socket.setEncoding('latin1') as AsyncIterable<string>) {
    const text = tail + chunk
    tail = text.slice(text.lastIndexOf('\n') + 1)
    count += text.slice(0, text.length - tail.length).match(/^data: \{"type":"task/gm)?.length ?? 0
    if (count >= many - 1) break
  }
  return count
}

describe('a reader who does not read', () => {
  it.each([
    ['plain server-sent events', () => `/api/v1/orgs/${org}/events`],
    ['tRPC', () => `/trpc/events.onOrganization?input=${encodeURIComponent(JSON.stringify({ org, lastEventId: '0' }))}`],
  ])('of %s is waited for, and reads everything in the end', { timeout: 30_000 }, async (_name, path) => {
    const asked = vi.spyOn(server.r.database, 'transact')
    const socket = ask(path())
    const whilePaused = await settled(() => asked.mock.calls.length)
    expect(whilePaused).toBeGreaterThan(2) // it had begun
    expect(whilePaused, `of ${batches} looks that everything takes`).toBeLessThan(batches / 2)
    expect(await readAll(socket)).toBe(many - 1)
    expect(asked.mock.calls.length).toBeGreaterThan(batches)
    socket.destroy()
    asked.mockRestore()
  })
})
