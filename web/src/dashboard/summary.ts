/** The state of an organization in a sentence or two. */
import type { OrganizationStats } from '@mortise/shared/organizations'

const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']
const inWords = (count: number) => small[count] ?? count.toLocaleString()
const plural = (count: number, one: string, many: string) => `${inWords(count)} ${count === 1 ? one : many}`

/** `2 tasks are late and one is due today. Everything else is on its date.` */
export function summary({ late, dueToday, openTasks, projects }: OrganizationStats): string {
  if (projects === 0) return 'Nothing here yet.'
  if (openTasks === 0) return 'Every task is done.'
  const lateWords = late > 0 ? `${plural(late, 'task is', 'tasks are')} late` : ''
  const todayWords =
    dueToday > 0
      ? `${lateWords ? inWords(dueToday).toLowerCase() : plural(dueToday, 'task', 'tasks')} ${dueToday === 1 ? 'is' : 'are'} due today`
      : ''
  const first = [lateWords, todayWords].filter(Boolean).join(' and ')
  return first ? `${first}. Everything else is on its date.` : 'Nothing is late and nothing is due today.'
}

/** How long ago a day was: `Oldest by 3 days`. */
export function oldest(day: string | null, today: string): string {
  if (!day) return 'All on their date'
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  return `Oldest by ${days === 1 ? '1 day' : `${days} days`}`
}

/** `4.6 a day`, over all days of the window. */
export function pace(perDay: OrganizationStats['completedPerDay']): string {
  const done = perDay.reduce((sum, { count }) => sum + count, 0)
  return done === 0 ? 'None yet' : `${(done / perDay.length).toLocaleString(undefined, { maximumFractionDigits: 1 })} a day`
}
