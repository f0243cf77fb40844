/** The drawings in use, by the name that templates write. Add a line to use another one of lucide. */
import archive from 'lucide:archive'
import arrowLeft from 'lucide:arrow-left'
import arrowRight from 'lucide:arrow-right'
import building from 'lucide:building-2'
import calendar from 'lucide:calendar'
import check from 'lucide:check'
import down from 'lucide:chevron-down'
import left from 'lucide:chevron-left'
import right from 'lucide:chevron-right'
import up from 'lucide:chevron-up'
import updown from 'lucide:chevrons-up-down'
import ok from 'lucide:circle-check'
import copy from 'lucide:copy'
import enter from 'lucide:corner-down-left'
import more from 'lucide:ellipsis'
import dashboard from 'lucide:gauge'
import grip from 'lucide:grip-vertical'
import history from 'lucide:history'
import info from 'lucide:info'
import keyboard from 'lucide:keyboard'
import laptop from 'lucide:laptop'
import projects from 'lucide:layers'
import link from 'lucide:link'
import busy from 'lucide:loader-circle'
import lock from 'lucide:lock'
import signOut from 'lucide:log-out'
import bad from 'lucide:octagon-alert'
import pencil from 'lucide:pencil'
import plus from 'lucide:plus'
import retry from 'lucide:rotate-cw'
import search from 'lucide:search'
import settings from 'lucide:settings-2'
import phone from 'lucide:smartphone'
import trash from 'lucide:trash-2'
import warn from 'lucide:triangle-alert'
import user from 'lucide:user'
import userAdd from 'lucide:user-plus'
import members from 'lucide:users'
import close from 'lucide:x'

/** Drawn here because lucide has no like: half a filled disc, and the three presences (a dot, an open ring, a struck ring). */
const own = {
  theme: '',
  live: '',
  waiting: 'M12 5a7 7 0 1 0 7 7',
  offline: 'M5 12a7 7 0 1 0 14 0a7 7 0 1 0-14 0ZM7.5 16.5l9-9',
}

export const icons = {
  ...own,
  archive,
  arrowLeft,
  arrowRight,
  bad,
  building,
  busy,
  calendar,
  check,
  close,
  copy,
  dashboard,
  down,
  enter,
  grip,
  history,
  info,
  keyboard,
  laptop,
  left,
  link,
  lock,
  members,
  more,
  ok,
  pencil,
  phone,
  plus,
  projects,
  retry,
  right,
  search,
  settings,
  signOut,
  trash,
  up,
  updown,
  user,
  userAdd,
  warn,
}

export type IconName = keyof typeof icons
