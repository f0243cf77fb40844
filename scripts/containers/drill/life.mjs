/** What happens to a running site: starting again, scaling, a migration that fails, sudden death, a new beginning. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { signal, waitUntil } from '../../process/processes.mjs'
import { run } from '../../process/run.mjs'
import { docker } from '../engine.mjs'
import { buildImage, copyCheckout, images, inspect } from '../images.mjs'
import { lightLoad } from '../load.mjs'

const broken = 'mortise-api:broken-drill'
const serving = ['postgres', 'valkey', 'api', 'edge']

/** `up` a second time touches nothing that serves. */
export async function upAgain({ promise, site, env }) {
  const before = await startsOf(site, env)
  const { code, seconds } = await site.compose(['up', '--detach', '--wait'])
  const after = await startsOf(site, env)
  promise(
    'compose up a second time restarts nothing',
    code === 0 && before.length === 5 && before.join() === after.join(),
    `${seconds.toFixed(1)} s`,
  )
}

/** 2 -> 3 -> 2 processes of the API while somebody works. */
export async function scale({ promise, site, visitor, env }) {
  const load = await lightLoad(visitor, site)
  const steps = []
  for (const count of [3, 2]) {
    const { code, output } = await site.sh(['deploy/bin/compose-scale', String(count)])
    if (code !== 0) throw new Error(output)
    await load.more(200) // the processes that are left do the work
    steps.push((await idsOf(site, 'api')).length)
  }
  const { asked, failed, first } = await load.end()
  promise(
    '2 -> 3 -> 2 processes without a failed request',
    steps.join() === '3,2' && failed === 0 && asked >= 400,
    `${asked} requests, ${failed} failed ${first}`,
  )
  for (const id of await idsOf(site, 'api'))
    promise('each process that is left is healthy', (await inspect(id, env)).State.Health.Status === 'healthy')
}

/** A release whose migration fails: refused with its reason, while the old one serves. Then the same release without it, while somebody works. */
export async function release({ promise, site, visitor, env, bases, place, secret }) {
  const context = path.join(place, 'broken')
  copyCheckout(context)
  const index = path.join(context, 'server/migrations/index.ts')
  writeFileSync(
    path.join(context, 'server/migrations/20991231_0000_expand_broken.ts'),
    `import type { Knex } from 'knex'\nexport const up = (knex: Knex) => knex.raw('select 1 / 0')\n`,
  )
  const list = readFileSync(index, 'utf8').replace(
    'export const migrations = {',
    `import * as broken from './20991231_0000_expand_broken.ts'\n\nexport const migrations = {\n  '20991231_0000_expand_broken': broken,`,
  )
  writeFileSync(index, list)
  await buildImage({ name: 'api', image: broken, context, bases, env, secret })
  const before = await startsOf(site, env)
  const load = await lightLoad(visitor, site)
  site.settle({ API_IMAGE: broken })
  const refused = await site.sh(['deploy/bin/compose-release'])
  await load.more(100)
  const { asked, failed, first } = await load.end()
  promise(
    'a release whose migration fails is refused and says why',
    refused.code === 1 && /20991231_0000_expand_broken: division by zero/.test(refused.output),
    refused.output.split('\n').at(-2),
  )
  promise(
    'the old one serves on, untouched',
    failed === 0 && asked >= 100 && (await startsOf(site, env)).join() === before.join(),
    `${asked} requests, ${failed} failed ${first}`,
  )

  const mended = 'mortise-api:mended-drill'
  await run(docker, ['tag', images.api, mended], { env })
  site.settle({ API_IMAGE: mended })
  const again = await lightLoad(visitor, site)
  const released = await site.sh(['deploy/bin/compose-release'])
  await again.more(100)
  const result = await again.end()
  const names = await Promise.all((await idsOf(site, 'api')).map(async (id) => (await inspect(id, env)).Config.Image))
  promise(
    'a good release replaces every process without a failed request',
    released.code === 0 && result.failed === 0 && names.length === 2 && names.every((name) => name === mended),
    `${released.seconds.toFixed(1)} s, ${result.asked} requests, ${result.failed} failed ${result.first}${released.code === 0 ? '' : released.output}`,
  )
  site.settle()
  await site.sh(['deploy/bin/compose-release'])
}

/** Each container dies once, as by lack of memory: it comes back by itself, and the walk passes. */
export async function killEach({ promise, site, visitor, env }) {
  for (const name of serving) {
    for (const id of await idsOf(site, name)) {
      const { State, RestartCount } = await inspect(id, env)
      signal(State.Pid, 'SIGKILL') // `docker kill` would count as our wish
      const isBack = await waitUntil(
        async () => {
          const now = await inspect(id, env)
          return now.RestartCount > RestartCount && now.State.Health?.Status === 'healthy'
        },
        { timeoutMs: 90_000, everyMs: 300 },
      )
      const walked = await waitUntil(() => visitor.walk().catch(() => undefined), { timeoutMs: 60_000, everyMs: 500 })
      promise(`${name} comes back after a sudden death, and the walk passes`, Boolean(isBack && walked))
    }
  }
}

/** `docker stop` ends what serves with 0 before it is killed. */
export async function stopPolitely({ promise, site, env }) {
  for (const [name, limit] of [
    ['api', 15],
    ['edge', 15],
    ['valkey', 8],
    ['postgres', 30],
  ]) {
    const [id] = await idsOf(site, name)
    const started = performance.now()
    await run(docker, ['stop', '--time', String(limit), id], { env })
    const { State } = await inspect(id, env)
    promise(
      `${name} ends with 0 when it is asked to`,
      State.ExitCode === 0,
      `${State.ExitCode} after ${((performance.now() - started) / 1000).toFixed(1)} s`,
    )
    await run(docker, ['start', id], { env })
  }
  const { code, output } = await site.compose(['up', '--detach', '--wait'])
  if (code !== 0) throw new Error(output)
}

/** `down` and `up`: the rows are still there. */
export async function survive({ promise, site, visitor, made }) {
  await site.compose(['down'])
  const { code, seconds } = await site.compose(['up', '--detach', '--wait'])
  const read = await visitor.call('GET', `/tasks/${made.task.id}`, { token: made.token }).catch((error) => error)
  promise(
    'what was written survives down and up',
    code === 0 && read.title === 'Order oak',
    `${seconds.toFixed(1)} s ${read.message ?? ''}`,
  )
}

async function idsOf(site, name) {
  return (await site.compose(['ps', '--quiet', name])).stdout.split('\n').filter(Boolean)
}

async function startsOf(site, env) {
  const starts = []
  for (const name of serving) for (const id of await idsOf(site, name)) starts.push(`${id} ${(await inspect(id, env)).State.StartedAt}`)
  return starts.toSorted()
}
