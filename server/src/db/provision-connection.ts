/** Connections of the programs that prepare a database, as plain clients: they need no pool and must die with their work. */
import pg from 'pg'

/** A connected client for `url`. `application` names it in pg_stat_activity. Errors: those of PostgreSQL and of the network. */
export async function connect(url: string, application = 'mortise-prepare'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: application, keepAlive: true })
  // The query that runs, or the next one, reports a broken connection; without a listener it would end the process instead.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Runs `work` on a connection of its own and closes it whatever happens. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** `url` with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

/** The database that a URL names, or '' when it names none. */
export const databaseIn = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1))

/** The SQLSTATE of an error that came from PostgreSQL. */
export const sqlState = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined)

/** Quotes a name or a text for statements that take no parameters. */
export const name = (text: string): string => pg.escapeIdentifier(text)
export const literal = (text: string): string => pg.escapeLiteral(text)
