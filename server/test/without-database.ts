/** A server whose database is away: whatever it answers but 503 cost no connection. */
import { aServer, type TestServer } from './server.ts'

/** Nothing listens on port 1, so each connection is refused at once. */
const nowhere = 'postgres://mortise_api:none@127.0.0.1:1/none'

/** Starts it. It signs with the secret of every other test server, so their tokens are genuine here. */
export const aServerWithoutDatabase = (env: Record<string, string> = {}): Promise<TestServer> =>
  aServer({ env, database: { apiUrl: nowhere, adminUrl: nowhere, migratorUrl: nowhere, drop: () => Promise.resolve() } })
