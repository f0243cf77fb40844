/** Who a signed-in person is. */
import { z } from 'zod'
import { id, line, moment, version } from './text.ts'

export const account = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(['guest', 'user']),
    email: z.string().nullable(),
    createdAt: moment,
    version,
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof account>

export const accountUpdate = z.strictObject({ name: line(100), version: version.optional() })
export type AccountUpdate = z.infer<typeof accountUpdate>
