/** The gate: may what runs at this address be promoted? */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { findTool } from '../tools/tool.mjs'
import { runK6, scripts } from './k6.mjs'

/** What the gate ends with. Whoever asks lets nothing pass but 0; a crash of the gate itself is 1, and not a pass either. */
export const exitCodes = { pass: 0, refused: 99, error: 2 }

/**
 * Runs `profile` against `url` and writes the figures to `file` (default load/results/<profile>.json). Gives `{ verdict, sentence, table,
 * said }`. Never throws for what is wrong with the target: that is the verdict `error` with a sentence.
 */
export async function gate({ url, profile, file = path.join(root, 'load/results', `${profile}.json`), environment = process.env }) {
  const trouble = complaintAbout({ url, profile }) ?? (await whyNotReady(url))
  if (trouble) return { verdict: 'error', sentence: trouble, table: '', said: [] }
  const k6 = await findTool('k6')
  if (!k6)
    return {
      verdict: 'error',
      sentence: 'There is no k6 on the PATH. Install it, or build it with: npm run tools -- k6',
      table: '',
      said: [],
    }
  const { verdict, code, table, said, summary } = await runK6({ k6, script: profile, target: url, environment })
  if (summary) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify({ ...summary, verdict }, null, 2)}\n`)
  }
  return { verdict, sentence: sentenceOf({ verdict, code, summary, said, url, profile }), table, said }
}

function complaintAbout({ url, profile }) {
  if (!URL.canParse(url ?? '') || !/^https?:$/.test(new URL(url).protocol))
    return `"${url ?? ''}" is no http address. gate URL PROFILE [SUMMARY.json]`
  if (!scripts.includes(profile)) return `There is no profile "${profile ?? ''}". It is one of ${scripts.join(', ')}`
}

/** A target that is not there, or says itself that it cannot work yet, cannot be judged. */
async function whyNotReady(url) {
  try {
    const { status } = await fetch(new URL('/api/v1/health/ready', url), { signal: AbortSignal.timeout(10_000) })
    return status === 503 ? `${url} says that it is not ready` : undefined
  } catch (error) {
    return `${url} cannot be reached (${error.cause?.code ?? error.cause?.message ?? error.name})`
  }
}

function sentenceOf({ verdict, code, summary, said, url, profile }) {
  if (verdict === 'error') return `k6 could not run ${profile} against ${url} (exit code ${code}): ${said.at(-1) ?? 'it said nothing'}`
  const crossed = (summary?.limits ?? []).filter(({ isKept }) => !isKept)
  const reasons = crossed.slice(0, 3).map(({ metric, limit, seen }) => `${metric} ${limit} was ${Math.round(seen * 1000) / 1000}`)
  if (crossed.length > 3) reasons.push(`${crossed.length - 3} more`)
  const health = summary?.calls.find(({ call }) => call === 'health')
  if (health) reasons.push(`health took ${health.medMs.toFixed(1)} ms`) // where that is long, everything is slower, or the machine had no time
  if (verdict === 'refused') return `${profile} of ${url}: ${code === 108 ? said.at(-1) : reasons.join('; ')}`
  return `${profile} of ${url}: ${summary.limits.length} limits kept, ${summary.answers} answers in ${summary.seconds.toFixed(0)} s`
}
