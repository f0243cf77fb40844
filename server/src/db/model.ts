/** The base of every row, which cannot be queried outside a scope: no model is ever given a connection of its own. */
import { Model, raw, type ModelClass, type QueryBuilder } from 'objection'
import type { Scope } from './scope.ts'

export class Row extends Model {}

const currentOrganization = () => raw('(select app.current_organization())')

/** A row of a tenant table. Its organization is the one that the scope has entered, in what is read and in what is written. */
export class TenantRow extends Row {
  declare organizationId: string

  /** A query on the rows of the entered organization. The predicate repeats what row level security says: either alone suffices. */
  static of<Class extends ModelClass<TenantRow>>(this: Class, scope: Scope): QueryBuilder<InstanceType<Class>> {
    const query = this.query(scope.tx).where(`${this.tableName}.organizationId`, currentOrganization())
    return query as unknown as QueryBuilder<InstanceType<Class>>
  }

  override $beforeInsert() {
    this.organizationId = raw('app.current_organization()') as unknown as string
  }
}

/** `version = version + 1` and the time of it, for a patch of a versioned row. */
export const nextVersion = () => ({ version: raw('version + 1'), updatedAt: raw('now()') })
