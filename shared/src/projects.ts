/** Projects inside an organization. */
import { z } from 'zod'
import { orgRef } from './organization-ref.ts'
import { pageRequest, search } from './pages.ts'
import { id, line, moment, prose, slug, version } from './text.ts'

export const project = z
  .object({
    id,
    organizationId: id,
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    archivedAt: moment.nullable(),
    openTasks: z.int(),
    doneTasks: z.int(),
    createdAt: moment,
    updatedAt: moment,
    version,
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof project>

const fields = { name: line(100), slug: slug.optional(), description: prose(2_000) }

/** Without a slug one is made from the name; it is unique in the organization. */
export const projectCreate = z.strictObject({ org: orgRef, ...fields, description: fields.description.default('') })
export type ProjectCreate = z.infer<typeof projectCreate>

export const projectList = z.strictObject({
  org: orgRef,
  q: search,
  archived: z.enum(['true', 'false', 'all']).default('false'),
  ...pageRequest,
})
export type ProjectList = z.infer<typeof projectList>

export const projectGet = z.strictObject({ project: id })

export const projectUpdate = z.strictObject({
  project: id,
  name: fields.name.optional(),
  slug: fields.slug,
  description: fields.description.optional(),
  archived: z.boolean().optional(),
  version,
})
export type ProjectUpdate = z.infer<typeof projectUpdate>

export const projectDelete = z.strictObject({ project: id, version: version.optional() })
export type ProjectDelete = z.infer<typeof projectDelete>
