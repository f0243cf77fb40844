/** What happened, as a sentence. */
import type { Activity } from '@mortise/shared/organizations'
import { html, nothing, type TemplateResult } from 'lit'
import { projectPath } from '../places.ts'

/** What was done, before and after the name of the thing. */
const deeds: Record<Activity['type'], [before: string, after?: string]> = {
  'organization.created': ['created the organization'],
  'organization.updated': ['changed the organization'],
  'organization.deleted': ['deleted the organization'],
  'member.joined': ['joined'],
  'member.changed': ['changed the role of'],
  'member.left': ['left or was removed:'],
  'project.created': ['created the project'],
  'project.updated': ['changed the project'],
  'project.deleted': ['deleted the project'],
  'task.created': ['added'],
  'task.updated': ['changed'],
  'task.deleted': ['deleted'],
  'task.moved': ['moved'],
}

const noun = (type: Activity['type']) => (type.startsWith('task.') ? 'a task' : type.startsWith('project.') ? 'a project' : '')

/** `who` is the reader. */
export function activitySentence(activity: Activity, who: string | undefined, org: string): TemplateResult {
  const isYou = activity.actorId !== null && activity.actorId === who
  const actor = isYou ? 'You' : (activity.actorName ?? 'Somebody who has left')
  const [before] = deeds[activity.type]
  const isOfSelf = activity.type === 'member.joined' || (activity.type === 'member.left' && activity.entityId === activity.actorId)
  if (isOfSelf) return html`<p><b>${actor}</b> ${activity.type === 'member.joined' ? 'joined' : 'left'}</p>`
  return html`<p><b>${actor}</b> ${before} ${thing(activity, org)} ${inside(activity)}</p>`
}

function thing(activity: Activity, org: string) {
  if (activity.title === null) return noun(activity.type)
  const isGone = activity.type.endsWith('.deleted')
  const project = activity.projectId ?? (activity.type.startsWith('project.') ? activity.entityId : undefined)
  return !isGone && project ? html`<a href=${projectPath(org, project)}>${activity.title}</a>` : html`<b>${activity.title}</b>`
}

const inside = (activity: Activity) =>
  activity.type.startsWith('task.') && activity.projectName ? html`<span class="in">in ${activity.projectName}</span>` : nothing
