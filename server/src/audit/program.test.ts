/** The audit program, as somebody calls it at a prompt. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGuest } from '../../test/caller.ts'
import { anOrganization } from '../../test/makers.ts'
import { aServer, type TestServer } from '../../test/server.ts'
import { loginUrl } from '../db/provision.ts'
import { withConnection } from '../db/provision-connection.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'mortise-audit-'))
const file = path.join(directory, 'heads.json')
let server: TestServer
beforeAll(async () => void (server = await aServer()))
afterAll(async () => {
  rmSync(directory, { recursive: true })
  await server.close()
})

type Outcome = { code: number; stdout: string; stderr: string }

const run = (args: string[], more: Record<string, string> = {}) =>
  new Promise<Outcome>((resolve) => {
    const program = new URL('../audit.ts', import.meta.url).pathname
    const env = { PATH: process.env['PATH'], BACKUP_DATABASE_URL: loginUrl(server.database.adminUrl, 'mortise_backup'), ...more }
    execFile(process.execPath, ['--import', 'tsx', program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
const secret = { TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else' }

describe('the audit program', () => {
  it('finds everything whole, exports heads, and afterwards names the first broken entry and fails', async () => {
    const owner = await aGuest(server)
    const [{ id, slug }, other] = [await anOrganization(owner), await anOrganization(owner)]
    const whole = await run(['verify'])
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    expect(whole.stdout).toContain(`${slug} (${id}): 2 entries, whole\n`)
    expect(whole.stdout).toMatch(/2 organizations, 4 entries, all whole, \d+\.\d s\n$/)

    const heads = await run(['heads'], secret)
    expect(heads).toMatchObject({ code: 0, stderr: '' })
    writeFileSync(file, heads.stdout)
    await withConnection(server.database.adminUrl, async (admin) => {
      await admin.query('set session_replication_role = replica')
      await admin.query('delete from app.audit_entries where organization_id = $1 and seq = 2', [id])
      await admin.query('delete from app.audit_heads where organization_id = $1', [id])
    })
    const broken = await run(['verify', '--heads', file], secret)
    expect(broken.code).toBe(1)
    expect(broken.stdout).toContain(`${slug} (${id}): BROKEN at entry 2, cut off: there were 2 entries\n`)
    expect(broken.stdout).toContain(`${other.slug} (${other.id}): 2 entries, whole\n`)
    expect(broken.stdout).toContain('2 organizations, 3 entries, 1 broken')
    expect(await run(['verify', '--organization', other.slug, '--heads', file], secret)).toMatchObject({ code: 0 })
  })

  it('says what is missing', async () => {
    expect(await run(['sideways'])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Usage: audit <command>') })
    expect(await run(['verify', '--organization', 'nowhere'])).toMatchObject({ code: 1, stderr: 'There is no organization nowhere\n' })
    expect(await run(['verify'], { BACKUP_DATABASE_URL: '' })).toMatchObject({ code: 1, stderr: expect.stringMatching(/is missing/) })
    expect(await run(['heads'])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/TOKEN_SECRET.*is missing/) })
    expect(await run(['verify'], { BACKUP_DATABASE_URL: server.database.apiUrl })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/row-level security/),
    })
  })
})
