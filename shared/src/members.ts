/** Members: users in an organization, each with a role. */
import { z } from 'zod'
import { orgRef } from './organization-ref.ts'
import { pageRequest, search } from './pages.ts'
import { role } from './role.ts'
import { id, moment, version } from './text.ts'

export const member = z.object({ userId: id, name: z.string(), role, joinedAt: moment, version }).meta({ id: 'Member' })
export type Member = z.infer<typeof member>

export const memberList = z.strictObject({ org: orgRef, q: search, ...pageRequest })
export type MemberList = z.infer<typeof memberList>

export const memberSetRole = z.strictObject({ org: orgRef, user: id, role, version })
export type MemberSetRole = z.infer<typeof memberSetRole>

export const memberRemove = z.strictObject({ org: orgRef, user: id, version: version.optional() })
export type MemberRemove = z.infer<typeof memberRemove>
