/**
 * npm run drill:gate: real k6 and the real gate against a real product, healthy and made bad on purpose. Ends with `gate: N passed, N failed`.
 * Filter by words of the promise: npm run drill:gate -- slow
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { canaries } from './load/canaries.mjs'
import { runK6 } from './load/k6.mjs'
import { startProxy } from './load/proxy.mjs'
import { startTarget } from './load/target.mjs'
import { main } from './process/lifecycle.mjs'
import { waitUntil } from './process/processes.mjs'
import { run } from './process/run.mjs'
import { root } from './setup/home.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { toolPath } from './tools/tool.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    const k6 = await toolPath('k6')
    const place = mkdtempSync(path.join(os.tmpdir(), 'mortise-drill-'))
    lifecycle.atEnd(() => rmSync(place, { recursive: true, force: true }))
    const url = await startTarget(lifecycle)
    const wanted = process.argv[2] ?? ''
    const all = [
      ...canaries.map((canary) => ({ ...canary, judge: judgeByGate })),
      { promise: 'no samples at all are refused', judge: judgeNothing },
    ]
    let [passed, failed] = [0, 0]
    for (const canary of all.filter(({ promise }) => promise.includes(wanted))) {
      const started = performance.now()
      const complaint = await canary.judge({ ...canary, url: canary.url ?? url, place, k6 })
      if (complaint) failed++
      else passed++
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stdout.write(
        `${complaint ? 'FAILED' : 'ok    '} ${seconds.padStart(6)} s  ${canary.promise}${complaint ? `\n${complaint}` : ''}\n`,
      )
    }
    process.stdout.write(`gate: ${passed} passed, ${failed} failed\n`)
    await lifecycle.end(passed > 0 && failed === 0 ? 0 : 1)
  },
  { signalCode: 130 },
)

/**
 * A bad release is refused the first time. A healthy product on a machine whose processors are elsewhere may be too slow for a moment,
 * which says nothing of the gate: it has three attempts, each in a calmer moment, as long as every answer was right.
 */
async function judgeByGate(canary) {
  for (let attempt = 1; ; attempt++) {
    const { complaint, crossed } = await askGate(canary)
    const isWrong = crossed.length === 0 || crossed.some((limit) => limit.startsWith('checks'))
    if (!complaint || canary.code !== 0 || isWrong || attempt === 3) return complaint
    process.stdout.write(`slow    attempt ${attempt}: ${crossed.slice(0, 3).join('; ')}\n`)
    await waitUntil(() => isCalm(canary.url), { timeoutMs: 60_000, everyMs: 2_000 })
  }
}

/** True when nine requests of ten are answered in a twentieth of a second: this machine has time again. */
async function isCalm(url) {
  const taken = []
  for (let time = 0; time < 10; time++) {
    const started = performance.now()
    await fetch(new URL('/api/v1/health', url)).then((answer) => answer.text())
    taken.push(performance.now() - started)
  }
  return taken.filter((milliseconds) => milliseconds < 50).length >= 9
}

/** Runs deploy/bin/gate as a deployment does. Gives a complaint when its exit code or its reason is not what was promised. */
async function askGate({ url, profile, settings = {}, behave, code: promised, reason, place }) {
  const proxy = behave && (await startProxy(url, behave))
  const file = path.join(place, 'summary.json')
  rmSync(file, { force: true })
  try {
    const { code, output, stdout } = await run(path.join(root, 'deploy/bin/gate'), [proxy?.url ?? url, profile, file], {
      cwd: place, // from anywhere
      env: { ...process.env, ...settings },
    })
    const crossed = crossedIn(file)
    const sentence = stdout.trimEnd().split('\n').at(-1)
    const isRight = code === promised && (!reason || [sentence, ...crossed].some((text) => reason.test(text)))
    const complaint = `The gate ended with ${code}, not with ${promised}${reason ? ` because of ${reason}` : ''}:\n${output}`
    return { crossed, ...(!isRight && { complaint }) }
  } finally {
    await proxy?.stop()
  }
}

/** A script with the limits of the gate that does nothing: a rate without samples must not count as a good one. */
async function judgeNothing({ url, place, k6 }) {
  const script = path.join(place, 'nothing.ts')
  const gate = path.join(root, 'load/scripts/gate.ts')
  writeFileSync(script, `export { options, handleSummary } from ${JSON.stringify(gate)}\nexport default function () {}\n`)
  const { verdict, code, summary } = await runK6({
    k6,
    script,
    target: url,
    environment: { ...process.env, RATE: '2', DURATION: '2s', VUS: '2' },
  })
  const missed = summary?.limits.filter(({ metric, isKept }) => !isKept && /^(reads|writes|answers)/.test(metric)) ?? []
  return verdict === 'refused' && missed.length > 2 ? undefined : `It was ${verdict} (${code}): ${JSON.stringify(summary?.limits)}`
}

function crossedIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
      .limits.filter(({ isKept }) => !isKept)
      .map(({ metric, limit }) => `${metric} ${limit}`)
  } catch {
    return [] // an error leaves no figures
  }
}
