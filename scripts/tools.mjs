/** npm run tools -- NAME ...: makes sure that the programs in other languages which our checks drive are on this machine. */
import { main } from './process/lifecycle.mjs'
import { refuseOldNode } from './setup/node-version.mjs'
import { tools } from './tools/table.mjs'
import { toolPath } from './tools/tool.mjs'

refuseOldNode()
await main(
  async (lifecycle) => {
    const names = process.argv.slice(2)
    const unknown = names.filter((name) => !(name in tools))
    if (names.length === 0 || unknown.length > 0) {
      throw new Error(`${unknown.length ? `There is no tool ${unknown.join(', ')}. ` : ''}npm run tools -- ${Object.keys(tools).join(' ')}`)
    }
    for (const name of names) {
      const started = performance.now()
      const file = await toolPath(name)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stdout.write(`${name.padEnd(10)} ${tools[name].version.padEnd(9)} ${seconds.padStart(7)} s  ${file}\n`)
    }
    await lifecycle.end(0)
  },
  { signalCode: 130 },
)
