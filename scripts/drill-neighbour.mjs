/**
 * npm run drill:neighbour: one organization floods a product with default limits, another one goes on working; prints what the second one
 * noticed. `-- --quick` is the short form, whose times decide nothing because they are too few.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { theNoisy, theQuiet } from './drill/tenants.mjs'
import { main } from './process/lifecycle.mjs'
import { startProduct } from './process/product.mjs'
import { endChild } from './process/run.mjs'
import { step } from './report/progress.mjs'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { makeTemporaryHome, removeTemporaryHome } from './setup/temporary-home.mjs'

const isQuick = process.argv.includes('--quick')
const { rounds, seconds } = isQuick ? { rounds: 1, seconds: 5 } : { rounds: 5, seconds: 8 }
const [quietPace, floodPace] = [20, 500]
const mostRatio = 1.5

refuseOldNode()
await main(
  async (lifecycle) => {
    await installIfNeeded()
    const home = await makeTemporaryHome()
    lifecycle.atEnd(() => removeTemporaryHome(home))
    const starting = startProduct({ home, environment: { HOST: '127.0.0.1', DATABASE_URL: '', REDIS_URL: '' } })
    lifecycle.atEnd(async () => (await starting.catch(() => undefined))?.stop())
    const { url } = await step('Starting a product', () => starting)
    const noisy = await step('Making the noisy organization', () => theNoisy({ url, home, tasks: isQuick ? 100 : 500, people: 8 }))
    const quiet = await theQuiet({ url })
    const quietly = () => caller(lifecycle, { url, ...quiet, perSecond: quietPace, connections: 20 })
    const flooding = () => caller(lifecycle, { url, ...noisy, perSecond: floodPace, connections: 200 })

    await during(2, [await quietly()]) // plans, connections and compiled code are there before anything is measured
    const [alone, beside, floods] = [[], [], []]
    for (let round = 1; round <= rounds; round++) {
      alone.push(...(await during(seconds, [await quietly()])))
      const flood = await flooding()
      await during(1, [])
      const [measured] = await during(seconds, [await quietly()])
      beside.push(measured)
      floods.push(...(await during(0, [flood])))
      process.stdout.write(
        `round ${round} of ${rounds}: quiet p95 ${p95(alone.slice(-1))} ms, beside the flood ${p95(beside.slice(-1))} ms; flood of ${floods.at(-1).perSecond.toFixed(0)} calls/s: ${said(floods.slice(-1))}\n`,
      )
    }
    await lifecycle.end(report({ alone, beside, floods }) ? 0 : 1)
  },
  { signalCode: 130 },
)

/** Starts a caller and resolves when it calls. */
async function caller(lifecycle, how) {
  const child = fork(path.join(root, 'scripts/drill/caller.mjs'))
  lifecycle.atEnd(() => endChild(child, 2_000))
  const calling = once(child, 'message')
  child.send(how)
  await calling
  return child
}

/** Lets callers call for a while and gives what each of them says at the end. */
async function during(forSeconds, callers) {
  await new Promise((resolve) => setTimeout(resolve, forSeconds * 1_000))
  return await Promise.all(
    callers.map(async (child) => {
      const telling = once(child, 'message')
      child.send('stop')
      const [told] = await telling
      return told
    }),
  )
}

function report({ alone, beside, floods }) {
  const ratios = beside.map((one, round) => Number(p95([one])) / Number(p95([alone[round]]))).sort((a, b) => a - b)
  const ratio = ratios[Math.floor((ratios.length - 1) / 2)]
  const refused = count(beside, (status) => status === '429')
  const failed = count([...alone, ...beside], (status) => status !== '429' && !status.startsWith('2'))
  const felt = count(floods, (status) => status === '429')
  process.stdout.write(
    `the noisy one: ${said(floods)}\nthe quiet one: ${said(beside)}, p50 ${percentile(alone, 0.5)} ms alone and ${percentile(beside, 0.5)} ms beside the flood, p95 ${p95(alone)} and ${p95(beside)} ms\n`,
  )
  const promises = [
    [`the flood was felt: ${felt} of its calls were refused`, felt > 0],
    [`the quiet one was refused ${refused} times`, refused === 0],
    [`the quiet one failed ${failed} times`, failed === 0],
    [
      `p95 of the quiet one grew by ${ratio.toFixed(2)}, median of ${ratios.length} (${ratios.map((one) => one.toFixed(2)).join(', ')})`,
      isQuick || ratio <= mostRatio,
    ],
  ]
  for (const [text, isKept] of promises) process.stdout.write(`${isKept ? 'ok    ' : 'FAILED'} ${text}\n`)
  const kept = promises.filter(([, isKept]) => isKept).length
  process.stdout.write(`neighbour: ${kept} passed, ${promises.length - kept} failed\n`)
  return kept === promises.length
}

function count(callers, isCounted) {
  const all = callers.flatMap(({ statuses }) => Object.entries(statuses))
  return all.reduce((sum, [status, times]) => sum + (isCounted(status) ? times : 0), 0)
}

function said(callers) {
  const statuses = new Set(callers.flatMap((one) => Object.keys(one.statuses)))
  return [...statuses].map((status) => `${count(callers, (one) => one === status)} times ${status}`).join(', ')
}

function p95(callers) {
  return percentile(callers, 0.95)
}

function percentile(callers, part) {
  const all = callers.flatMap(({ ms }) => ms).sort((a, b) => a - b)
  return (all[Math.min(all.length - 1, Math.floor(all.length * part))] ?? Number.NaN).toFixed(1)
}
