/** Which release this is. */
import { migrations } from '../../migrations/index.ts'
import manifest from '../../package.json' with { type: 'json' }

/** `commit` is put in by the build of an image; a checkout says `development`. */
export const release = { version: manifest.version, commit: 'development' }

/** The schema that this release was made for: the last of its migrations. */
export const schemaVersion = Object.keys(migrations).at(-1) ?? ''
