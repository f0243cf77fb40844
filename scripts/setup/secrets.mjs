/** Reads secrets that may stand in the environment or in a file: X or X_FILE. */
import { readFileSync } from 'node:fs'

/** The value of `name`, undefined when neither X nor X_FILE is set. Errors: both are set, or the file cannot be read. */
export function secretFrom(environment, name) {
  const file = environment[`${name}_FILE`]
  if (!file) return environment[name] || undefined
  if (environment[name]) throw new Error(`Both ${name} and ${name}_FILE are set. Keep one of them.`)
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new Error(`${name}_FILE names ${file}, which cannot be read (${error.code}). Correct the path, or set ${name} instead.`, {
      cause: error,
    })
  }
}
