/** `npm run docs`: writes the documents that are made from the code. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'server/src/docs/main.ts'], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
