/** Procedures that are wrong on purpose: each way of giving something away turns the suite red. */
import { id } from '@mortise/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../src/errors.ts'
import { ProjectRow } from '../../src/projects/model.ts'
import { appRouter } from '../../src/router.ts'
import { orgProcedure, publicProcedure, router, userProcedure } from '../../src/trpc.ts'
import { anAdministrator } from '../administrator.ts'
import type { Definitions } from './fields.ts'
import { furnished, type Furnished } from './furnished.ts'
import { inProcess } from './in-process.ts'
import { definitions } from './over-http.ts'
import { storm } from './storm.ts'

let world: Furnished
beforeAll(async () => {
  world = await furnished()
})
afterAll(() => world.drop())

const one = z.strictObject({ project: id })
const ofOrganization = z.strictObject({ org: id })
const missing = (project: string) => new AppError('PROJECT_NOT_FOUND', { ref: project })
/** What a careless cache would hold: projects by id, whoever asks. */
const cache = new Map<string, { name: string }>()

const leaky = router({
  leaky: router({
    fromCache: userProcedure(one).query(({ input }) => cache.get(input.project) ?? { name: 'unknown' }),
    otherRefusal: userProcedure(one).query(({ input }) => {
      throw cache.has(input.project) ? new AppError('FORBIDDEN', {}) : missing(input.project)
    }),
    longerAnswer: userProcedure(one).query(({ input }) => (cache.has(input.project) ? [null, null] : [null])),
    intoTheLog: userProcedure(one).query(({ ctx, input }) => {
      ctx.r.log.info({ requestId: ctx.requestId, project: cache.get(input.project) }, 'not found')
      throw missing(input.project)
    }),
    // its table has been opened, and it asks without saying for whom
    write: userProcedure(one).mutation(async ({ ctx, input }) => {
      await ProjectRow.query(ctx.scope.tx).where({ id: input.project }).patch({ description: 'Overwritten' })
      throw missing(input.project)
    }),
    quietWrite: userProcedure(one).mutation(async ({ ctx, input }) => {
      await ProjectRow.query(ctx.scope.tx).where({ id: input.project }).patch({ description: 'Overwritten' })
      return null
    }),
    broken: publicProcedure.input(one).query(({ input }) => {
      if (cache.has(input.project)) throw new Error('fell over')
      throw missing(input.project)
    }),
    tooMuch: orgProcedure('project:read', ofOrganization).query(() => [...cache.values()]),
    sound: userProcedure(one).query(({ input }) => {
      throw missing(input.project)
    }),
  }),
})
const leakyDefinitions = leaky._def.procedures as unknown as Definitions

async function stormOn(
  procedure: string,
  change: string,
  what: typeof leaky | typeof appRouter = leaky,
  known: Definitions = leakyDefinitions,
): Promise<string> {
  for (const project of world.other.things.project) cache.set(project, { name: `${world.other.word} project` })
  const database = await world.copy(change)
  const administrator = await anAdministrator(database)
  const asker = inProcess(database.apiUrl, what)
  const people = [{ role: 'owner', who: world.own.staff.owner }]
  try {
    return (await storm({ ...world, administrator, definitions: known, people }, [asker], [procedure])).leaks.join('\n')
  } finally {
    await Promise.all([asker.close(), administrator.close()])
    await database.drop()
  }
}

const opened = `alter policy organization on app.projects using (true) with check (true); grant update on app.projects to mortise_api`

describe('the suite', () => {
  it.each([
    ['shows what a cache holds for somebody else', 'leaky.fromCache', 'stands in the body'],
    ['refuses otherwise where something exists elsewhere', 'leaky.otherRefusal', 'was answered otherwise'],
    ['says more where something exists elsewhere', 'leaky.longerAnswer', 'was answered otherwise'],
    ['logs what it does not tell', 'leaky.intoTheLog', 'stands in the log'],
    ['gives too much to who asks for the own', 'leaky.tooMuch', '(of their own)'],
    ['falls over', 'leaky.broken', 'was answered 500'],
  ])('turns red when a procedure %s', async (_, procedure, complaint) => {
    expect(await stormOn(procedure, 'select 1')).toContain(complaint)
  })

  it('turns red when a procedure overwrites what it does not show', async () => {
    expect(await stormOn('leaky.quietWrite', opened)).toContain('leaky.quietWrite changed projects of the other organization')
  })

  it('stays green when what was written is undone, and for a sound procedure', async () => {
    expect(await stormOn('leaky.write', opened)).toBe('')
    expect(await stormOn('leaky.sound', 'select 1')).toBe('')
  })

  it('turns red when the door lets everybody in', async () => {
    const open = `do $$ begin execute replace(pg_get_functiondef('app.enter(uuid, uuid, uuid, text[], text)'::regprocedure), 'and m.user_id = account', ''); end $$;
      do $$ begin execute replace(pg_get_functiondef('app.entered_organization()'::regprocedure), 'and m.user_id = app.current_account()', ''); end $$`
    expect(await stormOn('projects.get', open, appRouter, definitions)).toContain('stands in the body')
    expect(await stormOn('tasks.update', open, appRouter, definitions)).toContain('changed tasks of the other organization')
  })

  it('turns red when nobody is signed in, because then it would prove nothing', async () => {
    expect(await stormOn('projects.get', 'update app.sessions set ended_at = now()', appRouter, definitions)).toContain('proves nothing')
  })
})
