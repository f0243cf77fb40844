/** Runs commands by their keys, except while somebody writes. */
import { allCommands, type Command } from './commands.ts'

const nextKeyWithinMs = 1_000
const offAs = 'mortise-single-keys'

/** Single keys can be turned off for those whose software types for them (WCAG 2.1.4); `Ctrl K` stays. */
export const singleKeys = {
  get areOn(): boolean {
    try {
      return localStorage.getItem(offAs) !== 'off'
    } catch {
      return true // refused storage: the default
    }
  },
  set areOn(on: boolean) {
    try {
      if (on) localStorage.removeItem(offAs)
      else localStorage.setItem(offAs, 'off')
    } catch {
      // Refused storage: it cannot be kept.
    }
  },
}

/** Listens to the whole document. Answers a function that stops it. */
export function listenToKeys(): () => void {
  let before = ''
  let since = 0
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const isCombined = event.ctrlKey || event.metaKey
    if (!isCombined && (!singleKeys.areOn || isWriting(event) || isInDialog(event))) return
    const key = isCombined ? `Ctrl ${event.key.toUpperCase()}` : event.key
    const pair = event.timeStamp - since < nextKeyWithinMs ? `${before} ${key}` : ''
    const command = find(pair) ?? find(key)
    before = command ? '' : key
    since = event.timeStamp
    if (!command) return
    event.preventDefault()
    void command.run()
  }
  document.addEventListener('keydown', listener)
  return () => document.removeEventListener('keydown', listener)
}

const find = (keys: string): Command | undefined => (keys ? allCommands().find((command) => command.keys === keys) : undefined)

const isWriting = (event: Event): boolean => {
  const [at] = event.composedPath()
  return (
    at instanceof HTMLElement &&
    (at.isContentEditable || at.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select'))
  )
}

const isInDialog = (event: Event): boolean => event.composedPath().some((node) => node instanceof HTMLDialogElement)
