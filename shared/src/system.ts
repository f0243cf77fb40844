/** What the installation says about itself. */
import { z } from 'zod'

export const about = z
  .object({
    name: z.string(),
    version: z.string(),
    docs: z.string(),
    openapi: z.string(),
    /** Slug of the demo organization that a guest may join; null outside development. */
    demo: z.string().nullable(),
  })
  .meta({ id: 'About' })
export type About = z.infer<typeof about>
