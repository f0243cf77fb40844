/** Makes one shared stylesheet per text, adopted by every shadow root that names it. */

const made = new Map<string, CSSStyleSheet>()

/**
 * The stylesheet of a text imported with `?inline`. Constructed sheets need no exception in the content security policy,
 * and a thousand roots share one object.
 */
export function sheet(text: string): CSSStyleSheet {
  const known = made.get(text)
  if (known) return known
  const fresh = new CSSStyleSheet()
  fresh.replaceSync(text)
  made.set(text, fresh)
  return fresh
}
