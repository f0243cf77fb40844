/** A role, as input and output know it. */
import { z } from 'zod'
import { roles } from './permissions.ts'

export const role = z.enum(roles).meta({ id: 'Role' })
