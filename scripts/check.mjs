/** npm run check: format, lint with type information and types of every workspace; what a machine can judge by reading. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from './setup/home.mjs'
import { installIfNeeded } from './setup/install.mjs'
import { main } from './process/lifecycle.mjs'
import { programOf, run } from './process/run.mjs'

const workspaces = ['shared', 'server', 'web', 'load', 'bench']

await main(
  async (lifecycle) => {
    await installIfNeeded()
    const failed = await runAll([
      { name: 'format', args: [programOf('oxfmt'), '--check', '.'], mend: 'npx oxfmt .' },
      { name: 'lint', args: [programOf('oxlint'), '--type-aware', '--deny-warnings', '.'] },
      ...workspaces.map((name) => ({ name: `types of ${name}`, args: typesOf(name) })),
    ])
    await lifecycle.end(failed ? 1 : 0)
  },
  { signalCode: 130 },
)

function typesOf(workspace) {
  const project = path.join(workspace, 'tsconfig.json')
  // A workspace without this file would be checked by nobody, and tsc would be content.
  if (!existsSync(path.join(root, project))) return ['-e', `console.error('${project} is missing'); process.exit(1)`]
  return [programOf('typescript', 'tsc'), '--noEmit', '--pretty', 'false', '-p', project]
}

// Two at a time: each of them uses more than one core by itself.
async function runAll(checks) {
  const started = performance.now()
  const waiting = [...checks]
  let failed = 0
  const worker = async () => {
    for (let check; (check = waiting.shift());) if (!(await runOne(check))) failed++
  }
  await Promise.all([worker(), worker()])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`check: ${checks.length - failed} passed, ${failed} failed in ${seconds} s\n`)
  return failed
}

async function runOne({ name, args, mend }) {
  const { code, output, seconds } = await run(process.execPath, args, { cwd: root })
  process.stdout.write(`${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${code === 0 ? 'ok' : 'FAILED'}\n`)
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n${mend ? `To mend it: ${mend}\n` : ''}`)
  return code === 0
}
