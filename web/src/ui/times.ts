/** Times and days as people say them, in the reader's locale. */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const long = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })

/** `just now`, `4 min. ago`, `yesterday`, and from a week on the date. */
export function ago(moment: Date, now = new Date()): string {
  const past = moment.getTime() - now.getTime()
  const size = Math.abs(past)
  if (size < 45 * second) return 'just now'
  if (size < hour) return relative.format(Math.round(past / minute), 'minute')
  if (size < day) return relative.format(Math.round(past / hour), 'hour')
  if (size < 7 * day) return relative.format(Math.round(past / day), 'day')
  return moment.getFullYear() === now.getFullYear() ? short.format(moment) : long.format(moment)
}

/** The exact moment, with the reader's time zone, for a title. */
export const exactly = (moment: Date): string => full.format(moment)

/** `14:32`. */
export const clockTime = (moment: Date): string => clock.format(moment)

/** A calendar day (`2026-11-21`) as a local date, so that it never slips over midnight. */
export function dayOf(text: string): Date {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
  return new Date(year, month - 1, date)
}

/** Today as a calendar day of the reader. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** `Today`, `Tomorrow`, `Fri 27 Nov`, and the year when it is another one. */
export function dayWords(text: string, now = new Date()): string {
  const days = Math.round((dayOf(text).getTime() - dayOf(today(now)).getTime()) / day)
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  const date = dayOf(text)
  return (date.getFullYear() === now.getFullYear() ? weekday : long).format(date)
}

/** `Today, 14:40`, `Fri 27 Nov, 09:00`. */
export const momentWords = (moment: Date, now = new Date()): string => `${dayWords(today(moment), now)}, ${clockTime(moment)}`
