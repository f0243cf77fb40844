/** Turns the plan of a project, which counts in days from today, into moments of this calendar. */
import type { ProjectPlan, TaskPlan } from './demo-content.ts'

export type PlannedTask = {
  title: string
  description: string
  status: 'todo' | 'doing' | 'done'
  assignee: string | null
  dueOn: string | null
  createdAt: Date
  startedAt: Date | null
  completedAt: Date | null
}

const dayMs = 86_400_000

/** The tasks of a plan in board order, all moments before `now`, work on working days only. */
export const planned = (plan: ProjectPlan, now: Date): PlannedTask[] => plan.tasks.map((task, index) => dated(plan, task, index, now))

function dated(plan: ProjectPlan, [title, status, assignee, days, description = '']: TaskPlan, index: number, now: Date): PlannedTask {
  const done = status === 'done'
  const reference = done ? -(days ?? 0) : 0
  const createdAt = at(now, Math.max(reference - 6 - (index % 9), -plan.startedDaysAgo + 3), title)
  const completedAt = done ? at(now, reference, `done ${title}`) : null
  const startedAt = status === 'doing' ? at(now, -1 - (index % 4), `doing ${title}`) : null
  return {
    title,
    description,
    status,
    assignee,
    dueOn: dueOn(now, done ? reference + (index % 3) : days),
    createdAt,
    startedAt,
    completedAt,
  }
}

// A due date may be past, today or ahead; nobody makes things due on a weekend, except that today is always today.
function dueOn(now: Date, days: number | null): string | null {
  if (days === null) return null
  const day = new Date(now.getTime() + days * dayMs)
  return (days === 0 ? day : workingDay(day, Math.sign(days))).toISOString().slice(0, 10)
}

// Minutes differ from thing to thing, so that the list of what happened does not look stamped. Today's work is behind us already.
function at(now: Date, days: number, salt: string): Date {
  const number = [...salt].reduce((sum, letter) => (sum * 31 + Number(letter.codePointAt(0))) % 32_413, days * days)
  const day = workingDay(new Date(now.getTime() + days * dayMs), -1)
  const moment = new Date(`${day.toISOString().slice(0, 10)}T08:00:00Z`)
  moment.setUTCSeconds(number)
  const latest = new Date(now.getTime() - (4 + (number % 170)) * 60_000)
  return moment < latest ? moment : latest
}

function workingDay(day: Date, direction: number): Date {
  const weekend = day.getUTCDay() === 6 ? 1 : day.getUTCDay() === 0 ? 2 : 0
  if (weekend === 0) return day
  return new Date(day.getTime() + (direction < 0 ? -weekend : 3 - weekend) * dayMs)
}
