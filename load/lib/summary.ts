/** What is left of a run: a table for people, and the same as JSON for the gate. */
import type { Settings } from './settings.ts'

type Metric = { values: Record<string, number>; thresholds?: Record<string, { ok: boolean }> }
type Data = { metrics: Record<string, Metric>; state: { testRunDurationMs: number } }

type Figures = { call: string; answers: number; medMs: number; p95Ms: number; p99Ms: number; cost?: number }
type Limit = { metric: string; limit: string; seen: number; isKept: boolean }

export type Summary = {
  script: string
  target: string
  at: string
  seconds: number
  settings: Settings
  isPassed: boolean
  answers: number
  perSecond: number
  /** Requests refused because there were too many. */
  shed: number
  calls: Figures[]
  limits: Limit[]
}

/** The trend figures that every script asks k6 for. */
export const summaryTrendStats = ['min', 'med', 'p(95)', 'p(99)', 'max', 'count']

/** Makes the `handleSummary` of a script: the table to stdout, and JSON to SUMMARY where that is set. */
export const summaryOf = (script: string, settings: Settings) => (data: Data) => {
  const summary = summarize(script, settings, data)
  return { stdout: tableOf(summary), ...(settings.summary && { [settings.summary]: `${JSON.stringify(summary, null, 2)}\n` }) }
}

function summarize(script: string, settings: Settings, { metrics, state }: Data): Summary {
  const limits = limitsIn(metrics)
  const seconds = state.testRunDurationMs / 1000 - (metrics['preparation']?.values['value'] ?? 0)
  const calls = figuresIn(metrics)
  const answers = calls.reduce((sum, call) => sum + call.answers, 0)
  return {
    script,
    target: settings.target,
    at: new Date().toISOString(),
    seconds,
    settings,
    isPassed: limits.length > 0 && limits.every(({ isKept }) => isKept),
    answers,
    perSecond: answers / seconds,
    shed: metrics['shed']?.values['count'] ?? 0,
    calls,
    limits,
  }
}

/** What holds for everything first, then what holds for single calls. */
function limitsIn(metrics: Data['metrics']): Limit[] {
  const limits = Object.entries(metrics).flatMap(([metric, { values, thresholds = {} }]) =>
    Object.entries(thresholds).map(([limit, { ok }]) => ({
      metric,
      limit,
      seen: values[/^[^<>=!]+/.exec(limit)?.[0].trim() ?? ''] ?? 0,
      isKept: ok,
    })),
  )
  const rank = ({ metric }: Limit) => `${metric.includes('{') ? 1 : 0}${metric}`
  return limits.sort((a, b) => rank(a).localeCompare(rank(b)))
}

/** k6 knows the figures of one call only where a threshold asks for them. */
function figuresIn(metrics: Data['metrics']): Figures[] {
  const calls = Object.keys(metrics).flatMap((name) => /^http_req_duration\{call:(.+)\}$/.exec(name)?.[1] ?? [])
  return calls.sort().map((call) => {
    const values = metrics[`http_req_duration{call:${call}}`]?.values ?? {}
    const cost = metrics[`cost{call:${call}}`]?.values['med']
    return {
      call,
      answers: values['count'] ?? 0,
      medMs: values['med'] ?? 0,
      p95Ms: values['p(95)'] ?? 0,
      p99Ms: values['p(99)'] ?? 0,
      ...(cost !== undefined && { cost }),
    }
  })
}

function tableOf({ script, target, seconds, perSecond, shed, calls, limits, isPassed }: Summary): string {
  const rows = calls.map(({ call, answers, medMs, p95Ms, p99Ms, cost }) =>
    [
      call.padEnd(22),
      ...[String(answers), ms(medMs), ms(p95Ms), ms(p99Ms), cost === undefined ? '' : cost.toFixed(1)].map((cell) => cell.padStart(9)),
    ].join(' '),
  )
  const head = ['call'.padEnd(22), ...['answers', 'med', 'p95', 'p99', 'cost'].map((cell) => cell.padStart(9))].join(' ')
  // each limit of a call that was kept would only repeat the table
  const shown = limits.filter(({ metric, isKept }) => !isKept || !metric.includes('{'))
  const lines = shown.map(
    ({ metric, limit, seen, isKept }) => `${isKept ? 'ok     ' : 'CROSSED'} ${`${metric} ${limit}`.padEnd(46)} ${round(seen)}`,
  )
  const kept = limits.filter(({ isKept }) => isKept).length
  return [
    '',
    `${script} of ${target}, ${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} answers a second${shed > 0 ? `, ${shed} requests refused as too many` : ''}`,
    ...(rows.length > 0 ? ['', head, ...rows] : []),
    '',
    ...lines,
    `${isPassed ? 'passed' : 'REFUSED'}: ${kept} of ${limits.length} limits kept`,
    '',
  ].join('\n')
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
const round = (value: number) => String(Math.round(value * 10_000) / 10_000)
