/** Reads what was typed into a form; a field that is not there reads as empty. */
export function textOf(form: EventTarget | null, name: string): string {
  const value = form instanceof HTMLFormElement ? new FormData(form).get(name) : null
  return typeof value === 'string' ? value : ''
}
