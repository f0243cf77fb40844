/** Invitations: single-use links into an organization. */
import { z } from 'zod'
import { orgRef } from './organization-ref.ts'
import { pageRequest } from './pages.ts'
import { role } from './role.ts'
import { id, moment } from './text.ts'

export const invitation = z.object({ id, role, createdAt: moment, expiresAt: moment, createdBy: id.nullable() }).meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof invitation>

/** The token is shown this once; only its hash is stored. */
export const invitationMade = z.object({ id, token: z.string(), url: z.string(), role, expiresAt: moment }).meta({ id: 'InvitationMade' })
export type InvitationMade = z.infer<typeof invitationMade>

/** `expiresInHours` 1..168, default 72. */
export const invitationCreate = z.strictObject({ org: orgRef, role, expiresInHours: z.int().min(1).max(168).default(72) })
export type InvitationCreate = z.infer<typeof invitationCreate>

export const invitationList = z.strictObject({ org: orgRef, ...pageRequest })
export type InvitationList = z.infer<typeof invitationList>

export const invitationRevoke = z.strictObject({ org: orgRef, invitation: id })
export type InvitationRevoke = z.infer<typeof invitationRevoke>

/** 32 random bytes in base64url. */
export const invitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'Must be the token of an invitation')
export const invitationAccept = z.strictObject({ token: invitationToken })
export type InvitationAccept = z.infer<typeof invitationAccept>
