/** npm run load -- SCRIPT: load by k6 against TARGET, or against a product started for it. TARGET, VUS, RATE, DURATION: docs/performance.md. */
import { exitCodes, gate } from './load/gate.mjs'
import { scripts, textOf } from './load/k6.mjs'
import { startTarget } from './load/target.mjs'
import { main } from './process/lifecycle.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { toolPath } from './tools/tool.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    const [profile] = process.argv.slice(2)
    if (!scripts.includes(profile)) throw new Error(`npm run load -- ${scripts.join(' | ')}`)
    await toolPath('k6')
    const url = process.env.TARGET || (await startTarget(lifecycle))
    const { verdict, sentence, table, said } = await gate({ url, profile })
    process.stderr.write(textOf(said))
    process.stdout.write(`${table}${sentence}\nThe figures are in load/results/${profile}.json\n`)
    await lifecycle.end(exitCodes[verdict])
  },
  { signalCode: 130 },
)
