/** Which organization was open last, so that a new visit begins there. */

const name = 'mortise-organization'

export function lastOrganization(): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return '' // refused storage: the visit begins with the list
  }
}

export function rememberOrganization(slug: string) {
  try {
    if (slug !== localStorage.getItem(name)) localStorage.setItem(name, slug)
  } catch {
    // Refused storage: nothing to remember in.
  }
}
