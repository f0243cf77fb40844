import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase, type TestDatabase } from '../../test/database.ts'
import { withConnection } from '../db/provision-connection.ts'
import { seedCrowd } from './crowd.ts'
import { seedDemo } from './demo.ts'
import { projects } from './demo-content.ts'
import { planned } from './demo-dates.ts'
import { progressOf } from './progress.ts'

let database: TestDatabase
beforeAll(async () => void (database = await aDatabase()))
afterAll(() => database.drop())

const rows = (sql: string) => withConnection(database.adminUrl, async (admin) => (await admin.query(sql)).rows)
const now = new Date('2026-11-18T14:30:00Z') // a Wednesday

describe('the demo organization', () => {
  it('has an office of five, three projects and sixty tasks, whoever asks for it and how often', async () => {
    const asked = [1, 2].map(() => seedDemo(database.migratorUrl, () => {}, now))
    expect(await Promise.all(asked)).toEqual(['halden-roe', 'halden-roe'])
    await seedDemo(database.migratorUrl)
    expect(
      await rows(`select (select count(*)::int from app.organizations) organizations, (select count(*)::int from app.users) people,
        (select count(*)::int from app.projects) projects, (select count(*)::int from app.tasks) tasks,
        (select count(*)::int from app.sessions where ended_at is null) sessions`),
    ).toEqual([{ organizations: 1, people: 5, projects: 3, tasks: 60, sessions: 0 }])
  })

  it('counts its tasks right', async () => {
    expect(
      await rows(`select p.slug from app.projects p join app.tasks t on t.project_id = p.id group by p.organization_id, p.id
        having (p.open_tasks, p.done_tasks) is distinct from (count(*) filter (where status <> 'done'), count(*) filter (where status = 'done'))`),
    ).toEqual([])
  })

  it('has a history without gaps, in the order of time, about things that exist and by people who belong', async () => {
    expect(
      await rows(`select h.seq::int = count(*) and max(e.seq) = count(*) and min(e.seq) = 1 gapless,
          bool_and(e.at >= coalesce((select max(b.at) from app.events b where b.seq < e.seq), e.at)) ordered,
          bool_and(e.actor_id in (select user_id from app.memberships)) ours,
          bool_and(e.entity_id in (select id from app.tasks union all select id from app.projects union all select id from app.users union all select id from app.organizations)) real,
          max(e.at) < '${now.toISOString()}' past
        from app.events e cross join app.event_heads h group by h.seq`),
    ).toEqual([{ gapless: true, ordered: true, ours: true, real: true, past: true }])
  })

  it('shows work on most working days of the last month, none on a weekend and none in the future', async () => {
    const done = projects.flatMap((plan) => planned(plan, now)).flatMap(({ completedAt }) => (completedAt ? [completedAt] : []))
    expect(done.every((at) => at < now && at.getUTCDay() % 6 !== 0)).toBe(true)
    expect(new Set(done.map((at) => at.toISOString().slice(0, 10))).size).toBeGreaterThanOrEqual(16)
    expect(Math.max(...done.map((at) => now.getTime() - at.getTime()))).toBeLessThan(32 * 86_400_000)
  })

  it('has something due today, something late and something ahead', () => {
    const due = projects.flatMap((plan) => planned(plan, now)).flatMap((task) => (task.status !== 'done' && task.dueOn ? [task.dueOn] : []))
    const today = now.toISOString().slice(0, 10)
    expect([due.filter((day) => day < today).length, due.filter((day) => day === today).length]).toEqual([2, 1])
    expect(due.filter((day) => day > today).length).toBeGreaterThan(10)
  })

  it('starts before it adds, and adds before it finishes, on any day of the week', () => {
    for (let day = 0; day < 7; day++) {
      const then = new Date(now.getTime() + day * 86_400_000)
      const wrong = projects.flatMap((plan) =>
        planned(plan, then).filter(
          (task) =>
            task.createdAt.getTime() < then.getTime() - plan.startedDaysAgo * 86_400_000 ||
            task.createdAt > then ||
            (task.completedAt && task.completedAt < task.createdAt) ||
            (task.startedAt && task.startedAt < task.createdAt),
        ),
      )
      expect(wrong).toEqual([])
    }
  })
})

describe('a crowd', () => {
  it('is as large as it was asked to be, grows when it is asked for more, and lets somebody in to look', async () => {
    const first = await seedCrowd(database.migratorUrl, { organizations: 2, projects: 2, tasks: 3 })
    expect(first).toMatchObject({ made: 2, tasks: 12 })
    const steps: number[] = []
    expect(await seedCrowd(database.migratorUrl, { organizations: 3, projects: 2, tasks: 3 }, (done) => steps.push(done))).toMatchObject({
      made: 1,
      tasks: 6,
    })
    expect(steps).toEqual([1, 2, 3])
    const joined = await withConnection(database.apiUrl, async (client) => {
      await client.query('begin')
      const { rows: guests } = await client.query(`select * from app.sign_in_guest('Looker', '', null)`)
      await client.query('select app.enter_account($1, $2)', [guests[0].user_id, guests[0].session_id])
      await client.query(`select app.accept_invitation(sha256($1::bytea))`, [Buffer.from(first.invitation)])
      return (await client.query('select slug from app.organizations')).rows
    })
    expect(joined).toEqual([{ slug: 'crowd-1' }])
  })
})

describe('progress', () => {
  const shown = (isTTY: boolean) => {
    const written: string[] = []
    const step = progressOf('things', 40, { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream)
    for (let done = 1; done <= 40; done++) step(done)
    return written
  }

  it('is one line per tenth where nobody watches', () => {
    expect(shown(false)).toHaveLength(11)
    expect(shown(false).at(-1)).toMatch(/^things 40 of 40, \d+\.\d s\n$/)
  })

  it('is a bar that ends full on a terminal', () => {
    expect(shown(true)).toHaveLength(40)
    expect(shown(true).at(-1)).toMatch(/^\r\[█{24}\] things 40 of 40/)
  })
})
