/** Four whole weeks that end with this one, filled from the counts per day that the server has. */
import { dayOf, today } from '../ui/times.ts'

export type DayCount = { day: string; count: number }
/** `count` is null for a day that is still to come. */
export type Column = { day: string; count: number | null }
export type Week = { begins: string; done: number; isNow: boolean }

const daysShown = 28
const shift = (day: string, by: number): string => {
  const date = dayOf(day)
  date.setDate(date.getDate() + by)
  return today(date)
}

/** 28 columns from a Monday to a Sunday; `now` is the day that it is. */
export function columns(perDay: readonly DayCount[], now = today()): Column[] {
  const counts = new Map(perDay.map(({ day, count }) => [day, count]))
  const sinceMonday = (dayOf(now).getDay() + 6) % 7
  const first = shift(now, -sinceMonday - (daysShown - 7))
  return Array.from({ length: daysShown }, (_, at) => {
    const day = shift(first, at)
    return { day, count: day > now ? null : (counts.get(day) ?? 0) }
  })
}

export function weeks(all: readonly Column[]): Week[] {
  return [0, 7, 14, 21].map((at) => {
    const days = all.slice(at, at + 7)
    return { begins: days[0]?.day ?? '', done: days.reduce((sum, { count }) => sum + (count ?? 0), 0), isNow: at === 21 }
  })
}
