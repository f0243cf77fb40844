/** Sessions as rows. */
import { Row } from '../db/model.ts'

export class SessionRow extends Row {
  static override tableName = 'app.sessions'
  declare id: string
  declare userId: string
  declare userAgent: string
  declare createdAt: string
  declare lastSeenAt: string
  declare endedAt: string | null
}
