/** The documents that are made from the code, so that they cannot lie. `npm run docs` writes them; a test compares. */
import { catalogue } from '@mortise/shared/errors'
import { permissions, roles } from '@mortise/shared/permissions'
import { keys } from '../config.ts'
import { openApi } from '../rest/openapi.ts'

type Key = { fallback?: string; secret?: true; about: string; schema: { safeParse(value: unknown): { success: boolean } } }

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')

const made = '<!-- Made by `npm run docs` from the code. Change it there. -->'

/** Every generated document: its path from the root of the repository, and its text. */
export const documents: Readonly<Record<string, () => string>> = {
  'docs/openapi.json': () => `${JSON.stringify(openApi(), null, 2)}\n`,
  'docs/errors.md': errors,
  'docs/configuration.md': configuration,
  'docs/permissions.md': matrix,
}

function errors(): string {
  const rows = Object.entries(catalogue).map(([code, { status, message, advice }]) => [String(status), `\`${code}\``, message, advice])
  return `# Errors

${made}

Every refusal has the same form, over REST as the body and over tRPC under \`error.data\`:

\`\`\`json
{ "error": "ORG_NOT_FOUND", "message": "Organization acme not found", "requestId": "0f2e1344-2a5a-4329-a801-28107f35734c" }
\`\`\`

\`VALIDATION_FAILED\` adds \`issues\` (\`[{ "path": "name", "message": "…" }]\`), \`VERSION_CONFLICT\` adds \`current\`, the object as it is now.
Decide by \`error\`; \`message\` is for people. Quote \`requestId\` when you report something.

${table(['Status', 'Code', 'Message', 'What to do'], rows)}
`
}

function configuration(): string {
  const rows = Object.entries<Key>(keys).map(([name, key]) => [
    `\`${name}\`${key.secret ? ` or \`${name}_FILE\`` : ''}`,
    key.fallback === undefined ? (key.schema.safeParse(undefined).success ? '–' : 'required') : `\`${key.fallback}\``,
    key.about,
  ])
  return `# Configuration

${made}

The server reads its environment once at start and complains about everything at once (exit code 78). A secret may come from
a file: \`KEY_FILE\` names it, one trailing line break is dropped, and giving both forms is refused.

${table(['Key', 'Default', 'What it is for'], rows)}

\`npm start\` adds \`MORTISE_HOME\` (default \`.mortise\`): the folder for the embedded PostgreSQL, its password, the signing key and
the log. It makes what is missing, so that nothing has to be set for a first run.
`
}

function matrix(): string {
  const rows = Object.entries(permissions).map(([permission, holders]) => [
    `\`${permission}\``,
    ...roles.map((role) => ((holders as readonly string[]).includes(role) ? 'yes' : '–')),
  ])
  return `# Permissions

${made}

A stranger gets 404 everywhere, nobody (no token) gets 401. An admin neither touches nor makes an owner. The last owner cannot
leave, be removed or be demoted.

${table(['Permission', ...roles], rows)}
`
}
