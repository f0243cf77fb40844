/** What the installation says about itself. */
import { about } from '@mortise/shared/system'
import { z } from 'zod'
import { publicProcedure, router } from '../trpc.ts'
import { release } from './release.ts'

export const systemRouter = router({
  about: publicProcedure
    .meta({ rest: 'GET /', summary: 'Name, version and where the documents are' })
    .input(z.strictObject({}).default({}))
    .output(about)
    .query(({ ctx }) => ({
      name: 'Mortise',
      version: release.version,
      docs: '/docs',
      openapi: '/api/v1/openapi.json',
      demo: ctx.r.config.DEMO_ORGANIZATION ?? null,
    })),
})
