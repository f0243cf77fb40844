/** What a person may do with the own account. */
import { account, type Account, type AccountUpdate } from '@mortise/shared/accounts'
import type { Caller } from '../db/entrances.ts'
import { nextVersion } from '../db/model.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import { UserRow } from './model.ts'

/** The caller. Errors: SESSION_ENDED when the account is gone. */
export async function me(scope: Scope, caller: Caller): Promise<Account> {
  const row = await UserRow.query(scope.tx).findById(caller.userId)
  if (!row) throw new AppError('SESSION_ENDED', {})
  return row
}

/** Renames the caller; with `version`, only if nobody else did since. Errors: VERSION_CONFLICT. */
export async function update(scope: Scope, caller: Caller, { name, version }: AccountUpdate): Promise<Account> {
  const row = await UserRow.query(scope.tx)
    .findById(caller.userId)
    .modify((query) => void (version === undefined || query.where({ version })))
    .patch({ name, ...nextVersion() })
    .returning('*')
    .first()
  if (!row) throw new AppError('VERSION_CONFLICT', {}, { current: account.parse(await me(scope, caller)) })
  return row
}
