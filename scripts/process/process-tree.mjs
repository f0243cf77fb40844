/** Which processes a process has started, on systems with `ps`. */
import { execFileSync } from 'node:child_process'
import { identityOf } from './processes.mjs'

/** All descendants of `pid` as `{ pid, identity, command }`, itself not included. */
export function descendantsOf(pid) {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter(Boolean)
  const childrenOf = (parent) => rows.filter((row) => Number(row[2]) === parent)
  const below = (parent) => childrenOf(parent).flatMap((row) => [row, ...below(Number(row[1]))])
  return below(pid)
    .map(([, own, , command]) => ({ pid: Number(own), identity: identityOf(Number(own)), command }))
    .filter((row) => row.identity)
}

/** Those of these processes that are still there. */
export function remaining(processes) {
  return processes.filter(({ pid, identity }) => identityOf(pid) === identity)
}
