/** Measures the web app of the product at BASE_URL: loads and interactions, over and over, then a table. */
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { aWindow, launch, slowdown } from './browser.ts'
import { judge, spreadOf } from './budgets.ts'
import { load, type Load } from './first-paint.ts'
import { deeds, ways, type Interaction } from './interactions.ts'
import { measure, rest, until, type Sample } from './measure.ts'
import { markdown, misses, type Report } from './report.ts'
import { clearAdded, setStage, type Stage, type StagedProject } from './stage.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, repetitions: { type: 'string' }, size: { type: 'string' } },
})
const repetitions = Number(values.repetitions ?? (values.quick ? 3 : 7))
const { BASE_URL: url = '', CHROMIUM_PATH: executable = '' } = process.env
const results = path.join(import.meta.dirname, '../../results')

type Samples = Map<string, { kind: Interaction['kind']; samples: Sample[] }>

const loadBefore = os.loadavg()
const browser = await launch(executable)
try {
  const stage = await setStage(url)
  const loads = values.size ? {} : await allLoads(browser, stage)
  const bySize = new Map<string, Samples>()
  for (const project of stage.projects) {
    const size = `${project.tasks.length} tasks`
    if (!values.size || values.size === String(project.tasks.length)) bySize.set(size, await allInteractions(browser, stage, project))
  }
  const report = reportOf(loads, bySize)
  mkdirSync(results, { recursive: true })
  writeFileSync(path.join(results, 'web.json'), `${JSON.stringify(report, undefined, 2)}\n`)
  writeFileSync(path.join(results, 'web.md'), markdown(report))
  const missed = misses(report)
  process.stdout.write(`\n${markdown(report)}\n${missed.length} over budget${missed.length > 0 ? `: ${missed.join('; ')}` : ''}\n`)
} finally {
  await browser.close()
}

async function allLoads(browser: Browser, { cookie, demo, slug, projects }: Stage): Promise<Record<string, Load[]>> {
  const [, large] = projects
  const pages = {
    'Sign in, as a stranger': [undefined, '/sign-in', { path: 'app-sign-in-page >>> h1' }],
    'Dashboard, signed in': [cookie, `/orgs/${demo}`, { path: 'app-dashboard-page >>> app-completed-chart' }],
    'Project with 500 tasks, signed in': [
      cookie,
      `/orgs/${slug}/projects/${large?.id}`,
      { path: 'app-project-page >>> app-task-list >>> li[data-row]' },
    ],
  } as const
  const loads: Record<string, Load[]> = {}
  for (const [name, [as, address, target]] of Object.entries(pages)) {
    for (let round = 0; round < repetitions; round += 1) {
      const { page } = await aWindow(browser, url, as)
      ;(loads[name] ??= []).push(await load(page, address, target))
      await page.context().close()
    }
    process.stdout.write(`${name}\n`)
  }
  return loads
}

async function allInteractions(browser: Browser, stage: Stage, project: StagedProject): Promise<Samples> {
  const all: Samples = new Map()
  for (let round = 0; round < repetitions; round += 1) {
    await visit(browser, stage, project, all)
    await clearAdded(url, stage)
    process.stdout.write(`${project.tasks.length} tasks: ${round + 1} of ${repetitions}\n`)
  }
  return all
}

async function visit(browser: Browser, stage: Stage, project: StagedProject, all: Samples) {
  const { page, cdp } = await aWindow(browser, url, stage.cookie)
  await page.goto(`/orgs/${stage.demo}`)
  await until(page, { path: 'app-dashboard-page >>> app-completed-chart' })
  await rest(page, 1_000)
  for (const { name, kind, target, before, press, after } of [...ways(stage, project), ...deeds(project)]) {
    await before?.(page)
    const sample = await measure(page, cdp, target, press)
    await after?.(page)
    const known = all.get(name) ?? { kind, samples: [] }
    all.set(name, { kind, samples: [...known.samples, sample] })
  }
  await page.context().close()
}

function reportOf(loads: Record<string, Load[]>, bySize: Map<string, Samples>): Report {
  const judged = (all: Samples) =>
    Object.fromEntries([...all].map(([name, { kind, samples }]) => [name, { kind, ...judge(samples, kind) }]))
  const calibrations = [...bySize.values()].flatMap((all) =>
    [...all.values()].flatMap(({ samples }) => samples.map((s) => s.calibrationMs)),
  )
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      processor: os.cpus()[0]?.model ?? '',
      cores: os.cpus().length,
      node: process.version,
      chromium: browser.version(),
      loadBefore,
      loadAfter: os.loadavg(),
    },
    slowdown,
    repetitions,
    calibrationMs: spreadOf(calibrations),
    loads,
    interactions: Object.fromEntries([...bySize].map(([size, all]) => [size, judged(all)])),
  }
}
