/** Finds the headers that the server reads, in its source: one that names a thing must be tried like any other field. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const read =
  /(?<![-\w/])(?:headers\??\.(\w+)\b(?!\s*\()|headers\??\.?\[['"`]([\w-]+)['"`]\]|(?:req|request)\.(?:get|header)\(['"`]([\w-]+)['"`]\))/g

const unpacked = /\{([\w\s,:'-]+)\}\s*=\s*(?:req|request)\.headers\b/g

/** The names of the headers that a source reads, in lower case. */
export function headersReadBy(source: string): string[] {
  const single = [...source.matchAll(read)].map(([, dotted, quoted, asked]) => dotted ?? quoted ?? asked ?? '')
  const several = [...source.matchAll(unpacked)].flatMap(([, names = '']) =>
    names.split(',').map((name) => (name.split(':')[0] ?? '').replaceAll("'", '').trim()),
  )
  return [...new Set([...single, ...several].map((name) => name.toLowerCase()))]
}

/** The same of every file of the server that is no test. */
export async function headersOfTheServer(): Promise<string[]> {
  const root = fileURLToPath(new URL('../../src', import.meta.url))
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const sources = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  return [...new Set(sources.flatMap(headersReadBy))].sort()
}
