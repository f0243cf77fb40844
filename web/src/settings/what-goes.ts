/** What an organization holds, counted and in words, for somebody about to delete it. */
import type { OrganizationStats } from '@mortise/shared/organizations'

const counted = (count: number, one: string, many: string) => `${count.toLocaleString()} ${count === 1 ? one : many}`

/** In one line, below the name of the row. */
export function held(stats: OrganizationStats | undefined): string {
  if (!stats) return 'With everything in it'
  const memberships = counted(stats.members, 'membership', 'memberships')
  return stats.projects > 0 ? `${counted(stats.projects, 'project', 'projects')} and ${memberships}` : memberships
}

/** One line each. */
export function goneWithIt(stats: OrganizationStats | undefined): string[] {
  if (!stats) return ['All projects with their tasks', 'All memberships and open invitations']
  const { projects, openTasks, members } = stats
  const tasks = openTasks > 0 ? `, ${openTasks.toLocaleString()} of them open` : ''
  return [
    ...(projects > 0 ? [`${counted(projects, 'project', 'projects')} with all tasks${tasks}`] : []),
    `${counted(members, 'membership', 'memberships')} and every open invitation`,
  ]
}
