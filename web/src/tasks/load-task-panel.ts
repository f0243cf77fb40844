/** The code of the panel arrives with the first task that somebody points at or opens. */
import { once } from '../load-once.ts'

export const loadTaskPanel = once(() => import('./app-task-panel.ts'))
