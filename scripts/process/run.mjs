/** Runs other programs and remembers them, so that a Ctrl-C in the middle leaves none behind. */
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '../setup/home.mjs'
import { isAlive, signal } from './processes.mjs'

const running = new Set()

/**
 * Runs a program to its end. Options: `cwd`, `env`, `uid`, `gid`, `show` (its output goes to our terminal instead of being kept),
 * `background` (it gives way to everything else on the machine).
 * Gives `{ code, stdout, stderr, output, seconds }`; `output` is both streams in the order they came. Never rejects for
 * a failing program, only for one that cannot be started.
 */
export function run(command, args, { cwd, env = process.env, show = false, background = false, uid, gid } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const texts = { stdout: '', stderr: '', output: '' }
    const child = track(
      spawn(command, args, { cwd, env, uid, gid, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'], windowsHide: true }),
    )
    if (background && child.pid) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL)
    for (const name of show ? [] : ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        texts[name] += text
        texts.output += text
      })
    }
    child.once('error', reject)
    child.once('close', (code, by) => resolve({ code: code ?? `killed by ${by}`, ...texts, seconds: (performance.now() - started) / 1000 }))
  })
}

/** Like `run`, but a failure is an error whose text is `sentence` and the program's last lines. */
export async function runOrFail(sentence, command, args, options) {
  const result = await run(command, args, options)
  if (result.code === 0) return result
  throw new Error(`${sentence}\n${lastLines(result.output, 25)}`.trimEnd())
}

/** Runs one of npm's commands with the npm that started us, or the one on the PATH. */
export function npm(args, options) {
  const [command, first] = npmCommand()
  return run(command, [...first, ...args], options)
}

/** The path of a program that an installed package brings, to be run by node. Without `program`, the one named like the package. */
export function programOf(packageName, program = packageName) {
  const manifest = path.join(root, 'node_modules', packageName, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[program])
}

/** The first of these programs that the PATH has, or undefined. */
export function onPath(...names) {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const suffixes = process.platform === 'win32' ? ['.exe'] : ['']
  return names
    .flatMap((name) => directories.flatMap((at) => suffixes.map((suffix) => path.join(at, name + suffix))))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
}

/** Ends every program that `run` has going. Resolves when they are gone; after 15 seconds they are killed. */
export async function endRunning() {
  await Promise.all([...running].map((child) => endChild(child, 15_000)))
}

/** Asks a child to end and waits for it; kills it when it has not ended after `graceMs`. */
export function endChild(child, graceMs) {
  if (child.exitCode !== null || child.signalCode !== null || !isAlive(child.pid)) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), graceMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    signal(child.pid, 'SIGTERM')
  })
}

/** The last `count` lines of a text. */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

function track(child) {
  running.add(child)
  return child.once('close', () => running.delete(child))
}

function npmCommand() {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return [process.execPath, [script]]
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm.cmd']] : ['npm', []]
}
