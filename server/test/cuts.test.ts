/** Many keys through a network that loses requests and answers: one row for each. `npm run drill:idempotency` takes 10,000. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAdministrator, type Administrator } from './administrator.ts'
import { aGuest, callerWith, type Answer, type Caller } from './caller.ts'
import { cutting, type Cutting } from './cutting.ts'
import { aDatabase, type TestDatabase } from './database.ts'
import { isReplayed } from './keyed.ts'
import { aProject, anOrganization } from './makers.ts'
import { aProcess, type TestProcess } from './process.ts'

const keys = Number(process.env['MORTISE_DRILL_KEYS'] ?? 60)
const atOnce = 12

let database: TestDatabase
let administrator: Administrator
let server: TestProcess
let network: Cutting
beforeAll(async () => {
  database = await aDatabase()
  administrator = await anAdministrator(database)
  server = await aProcess({ DATABASE_URL: database.apiUrl, LOG_LEVEL: 'fatal' })
  network = await cutting(server.url)
})
afterAll(async () => {
  await network.close()
  server.signal('SIGKILL')
  await server.ended
  await administrator.close()
  await database.drop()
})

type Tally = { requests: number; lost: number; again: number; replayed: number }

/** Sends one request until it is answered, as a caller who was cut off does. */
async function untilAnswered(send: () => Promise<Answer>, tally: Tally): Promise<Answer> {
  for (;;) {
    tally.requests++
    const answer = await send().catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error // what fetch throws when the connection broke
      tally.lost++
    })
    if (answer !== undefined && answer.status < 300) {
      if (isReplayed(answer)) tally.replayed++
      return answer
    }
    if (answer !== undefined) {
      if (![409, 429, 503].includes(answer.status)) throw new Error(`Answered ${answer.status} ${JSON.stringify(answer.body)}`)
      tally.again++
      await pause(answer.status === 429 ? 1_000 * Number(answer.headers.get('retry-after') ?? 1) : 10)
    }
  }
}

/** Makes a task for each key, some at once, and gives the answers by key. */
async function makeAll(
  who: Caller,
  projects: readonly { id: string }[],
  names: readonly string[],
  tally: Tally,
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  const left = names.entries()
  const work = async () => {
    for (const [place, key] of left) {
      const path = `/projects/${projects[place % projects.length]?.id}/tasks`
      answers.set(key, await untilAnswered(() => who.post(path, { title: key }, { 'idempotency-key': key }), tally))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return answers
}

describe('a network that loses requests and answers', () => {
  it('neither loses nor doubles a change that is sent with a key until it is answered', async () => {
    const owner = await aGuest(server)
    const organization = await anOrganization(owner)
    const projects = await Promise.all(Array.from({ length: 8 }, () => aProject(owner, organization)))
    const names = Array.from({ length: keys }, () => randomUUID())
    const tally: Tally = { requests: 0, lost: 0, again: 0, replayed: 0 }
    const startedAt = performance.now()
    const answers = await makeAll(callerWith(network, owner.token, owner.userId), projects, names, tally)
    const seconds = (performance.now() - startedAt) / 1000

    const rows = await administrator.rows<{ id: string; title: string }>('select id, title from app.tasks')
    const found = new Map<string, string[]>()
    for (const { id, title } of rows) found.set(title, [...(found.get(title) ?? []), id])
    const lost = names.filter((key) => !found.get(key)?.includes(answers.get(key)?.body.id as string))
    const doubled = names.filter((key) => (found.get(key)?.length ?? 0) > 1)
    const cuts = Object.entries(network.cuts).map(([moment, count]) => `${count} ${moment}`)
    process.stdout.write(
      `idempotency: ${keys} keys, ${tally.requests} requests, ${tally.lost} connections lost (cut ${cuts.join(', ')}), ` +
        `${tally.replayed} answers replayed, ${tally.again} told to come again, ` +
        `${rows.length} rows, ${lost.length} lost, ${doubled.length} doubled, ${seconds.toFixed(1)} s\n`,
    )
    expect({ rows: rows.length, lost, doubled }).toEqual({ rows: keys, lost: [], doubled: [] })
    expect(Math.min(...Object.values(network.cuts)), 'cuts at each moment: the fault was felt').toBeGreaterThan(0)
    expect(tally.replayed, 'answers replayed: something was saved by its key').toBeGreaterThan(0)
  }, 1_800_000)

  it('does double a change without a key, which is why there are keys', async () => {
    const owner = await aGuest(server)
    const project = await aProject(owner, await anOrganization(owner))
    const who = callerWith(network, owner.token, owner.userId)
    const tally: Tally = { requests: 0, lost: 0, again: 0, replayed: 0 }
    for (let number = 1; number <= 14; number++)
      await untilAnswered(() => who.post(`/projects/${project.id}/tasks`, { title: 'Unkeyed' }), tally)
    const rows = await administrator.rows(`select from app.tasks where title = 'Unkeyed'`)
    expect(tally.lost).toBeGreaterThan(0)
    expect(rows.length).toBeGreaterThan(14)
  }, 60_000)
})
