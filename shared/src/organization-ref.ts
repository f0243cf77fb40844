/** How an organization is named in a request: by its id or its slug. */
import { z } from 'zod'
import { id, slugShape } from './text.ts'

export const orgRef = z.union([id, slugShape])
