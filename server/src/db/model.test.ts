/** Rows, which nobody can query outside a scope. */
import knex from 'knex'
import { describe, expect, it } from 'vitest'
import { UserRow } from '../accounts/model.ts'
import { EventRow } from '../events/model.ts'
import { InvitationRow } from '../invitations/model.ts'
import { MembershipRow } from '../members/model.ts'
import { OrganizationRow } from '../organizations/model.ts'
import { ProjectRow } from '../projects/model.ts'
import { SessionRow } from '../sessions/model.ts'
import { TaskRow } from '../tasks/model.ts'
import { Row, TenantRow } from './model.ts'
import type { Scope } from './scope.ts'

const rows: (typeof Row)[] = [UserRow, SessionRow, OrganizationRow, MembershipRow, InvitationRow, ProjectRow, TaskRow, EventRow]

describe('a row', () => {
  it.each(rows.map((row) => ({ row, tableName: row.tableName })))('$tableName cannot be asked for without a scope', async ({ row }) => {
    await expect(Promise.resolve().then(() => row.query())).rejects.toThrow(/knex/)
    await expect(Promise.resolve().then(() => row.query().insert({}))).rejects.toThrow(/knex/)
  })

  it('is never given a connection of its own, not by its base either', () => {
    expect([Row, TenantRow, ...rows].filter((row) => row.knex() !== undefined)).toEqual([])
  })

  it('of a tenant names its organization in every question, so that a missing policy shows nothing more', () => {
    const { sql } = TaskRow.of({ tx: knex({ client: 'pg' }) } as unknown as Scope)
      .toKnexQuery()
      .toSQL()
    expect(sql).toContain('app.current_organization()')
  })
})
