/** Builds a Go program of a published module, without installing anything. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onPath, runOrFail } from '../process/run.mjs'
import { say, step } from '../report/progress.mjs'

/**
 * Builds `tool` (a row of the table) into `file`, which appears whole or not at all. `go install` refuses modules with
 * replace or exclude lines; a module of our own that requires the tool and repeats those lines does not.
 * Errors: Go is missing, the module is not what its checksum says, or the build failed, with Go's last lines.
 */
export async function buildGoProgram({ name, tool, file }) {
  if (!onPath('go')) {
    throw new Error(
      `${name} ${tool.version} is not on the PATH, and there is no Go to build it. Install it (${tool.install}), or install Go.`,
    )
  }
  const started = performance.now()
  const place = mkdtempSync(path.join(os.tmpdir(), `mortise-tool-${name}-`))
  const draft = `${file}.${process.pid}`
  try {
    await step(`Building ${name} ${tool.version} (some minutes, once)`, async () => {
      await writeWrapper({ place, tool })
      await go(['mod', 'tidy'], place)
      mkdirSync(path.dirname(file), { recursive: true })
      await go(['build', '-trimpath', '-ldflags', `-s -w ${tool.ldflags ?? ''}`.trim(), '-o', draft, tool.package], place)
      renameSync(draft, file)
    })
  } finally {
    rmSync(draft, { force: true })
    rmSync(place, { recursive: true, force: true })
  }
  say(`Built ${name} ${tool.version} in ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

async function writeWrapper({ place, tool }) {
  writeFileSync(path.join(place, 'go.mod'), 'module local/wrapper\n')
  const downloaded = JSON.parse(await go(['mod', 'download', '-json', `${tool.module}@${tool.version}`], place))
  if (downloaded.Sum !== tool.sum) {
    throw new Error(
      `${tool.module}@${tool.version} has the checksum ${downloaded.Sum}, not ${tool.sum}: somebody changed a published version.`,
    )
  }
  const manifest = JSON.parse(await go(['mod', 'edit', '-json', path.join(downloaded.Dir, 'go.mod')], place))
  writeFileSync(path.join(place, 'go.mod'), wrapperOf(tool, manifest))
  const sums = path.join(downloaded.Dir, 'go.sum')
  if (existsSync(sums)) copyFileSync(sums, path.join(place, 'go.sum'))
}

/** The go.mod of a wrapper: the tool, and what the tool's own go.mod says of other modules. Paths into its own tree mean nothing here. */
export function wrapperOf(tool, { Go, Replace, Exclude }) {
  const named = ({ Path, Version }) => (Version ? `${Path} ${Version}` : Path)
  return [
    'module local/wrapper',
    `go ${Go}`,
    `require ${tool.module} ${tool.version}`,
    `tool ${tool.package}`, // keeps the main package in the module graph, which nothing imports
    ...(Replace ?? []).filter(({ New }) => New.Version).map(({ Old, New }) => `replace ${named(Old)} => ${named(New)}`),
    ...(Exclude ?? []).map((module) => `exclude ${named(module)}`),
    '',
  ].join('\n')
}

async function go(args, cwd) {
  const options = {
    cwd,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: `${process.env.GOFLAGS ?? ''} -mod=mod`.trim(), GOWORK: 'off' },
    background: true,
  }
  const { stdout } = await runOrFail(`go ${args.slice(0, 2).join(' ')} failed.`, onPath('go'), args, options)
  return stdout
}
