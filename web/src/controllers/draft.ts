/** Keeps what somebody typed while they sign in again; only for this tab, only until it is taken back. */

const keyOf = (form: string) => `mortise-draft:${location.pathname}:${form}`

export function keepDraft(form: string, values: Record<string, unknown>) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(values))
  } catch {
    // Storage may be full or refused; the form is still on the screen.
  }
}

/** The kept values, once. */
export function takeDraft(form: string): Record<string, unknown> | undefined {
  try {
    const kept = sessionStorage.getItem(keyOf(form))
    sessionStorage.removeItem(keyOf(form))
    return kept ? (JSON.parse(kept) as Record<string, unknown>) : undefined
  } catch {
    // Refused storage, or text that is not ours: start empty.
    return undefined
  }
}

export const dropDraft = (form: string) => void takeDraft(form)
