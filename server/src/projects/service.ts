/** What can be done with projects. */
import { randomBytes } from 'node:crypto'
import type { Page } from '@mortise/shared/pages'
import {
  project,
  type Project,
  type ProjectCreate,
  type ProjectDelete,
  type ProjectList,
  type ProjectUpdate,
} from '@mortise/shared/projects'
import { slugFrom } from '@mortise/shared/text'
import { raw } from 'objection'
import { nextVersion } from '../db/model.ts'
import { contains, pageOf } from '../db/pages.ts'
import type { Scope } from '../db/scope.ts'
import { AppError } from '../errors.ts'
import type { Turn } from '../tokens/cursor.ts'
import { ProjectRow } from './model.ts'

/** Creates a project. Errors: SLUG_TAKEN, for a slug that was asked for. */
export async function create(scope: Scope, { name, slug, description }: ProjectCreate): Promise<Project> {
  const row = await ProjectRow.of(scope)
    .insert({ name, slug: slug ?? freeSlug(name), description })
    .returning('*')
    .first()
  if (!row) throw new AppError('INTERNAL', {})
  scope.announce({ type: 'project.created', entityId: row.id, projectId: row.id, version: row.version })
  return row
}

/** The projects of the organization, newest first; `q` looks into name and slug. */
export const list = (scope: Scope, turn: Turn, { q, archived }: ProjectList): Promise<Page<Project>> => {
  const query = ProjectRow.of(scope)
  if (archived !== 'all') void (archived === 'true' ? query.whereNotNull('archivedAt') : query.whereNull('archivedAt'))
  if (q !== undefined) void query.where((either) => either.where(contains('name', q)).orWhere(contains('slug', q)))
  return pageOf(query, turn, [['id', 'desc']]) // version 7 ids grow with time
}

/** One project. Errors: PROJECT_NOT_FOUND. */
export async function get(scope: Scope, id: string): Promise<Project> {
  const row = await ProjectRow.of(scope).where({ id }).first()
  if (!row) throw new AppError('PROJECT_NOT_FOUND', { ref: id })
  return row
}

/** Changes a project if nobody else did since `version`. Errors: VERSION_CONFLICT (with the current row), SLUG_TAKEN. */
export async function update(scope: Scope, { project: id, version, archived, ...edit }: ProjectUpdate): Promise<Project> {
  const row = await ProjectRow.of(scope)
    .where({ id, version })
    .patch({ ...edit, ...(archived === undefined ? {} : { archivedAt: archived ? archivedNow() : null }), ...nextVersion() })
    .returning('*')
    .first()
  if (!row) throw new AppError('VERSION_CONFLICT', {}, { current: project.parse(await get(scope, id)) })
  scope.announce({ type: 'project.updated', entityId: id, projectId: id, version: row.version })
  return row
}

/** Deletes a project and its tasks. Errors: VERSION_CONFLICT (with the current row). */
export async function remove(scope: Scope, { project: id, version }: ProjectDelete): Promise<null> {
  const gone = await ProjectRow.of(scope)
    .where(version === undefined ? { id } : { id, version })
    .delete()
    .returning('*')
    .first()
  if (!gone) throw new AppError('VERSION_CONFLICT', {}, { current: project.parse(await get(scope, id)) })
  scope.announce({ type: 'project.deleted', entityId: id, projectId: id, version: gone.version })
  return null
}

/** Archiving twice keeps the first time. */
const archivedNow = () => raw('coalesce(archived_at, now())')

/** The slug of the name, with a tail where the organization has it already. */
function freeSlug(name: string) {
  const tail = randomBytes(2).toString('hex')
  const base = slugFrom(name, `project-${tail}`)
  return raw(
    'case when exists (select from app.projects where organization_id = (select app.current_organization()) and slug = ?) then ? else ? end',
    [base, `${base}-${tail}`, base],
  )
}
