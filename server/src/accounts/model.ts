/** Users as rows. */
import { Row } from '../db/model.ts'

export class UserRow extends Row {
  static override tableName = 'app.users'
  declare id: string
  declare name: string
  declare kind: 'guest' | 'user'
  declare email: string | null
  declare version: number
  declare createdAt: string
  declare updatedAt: string
}
