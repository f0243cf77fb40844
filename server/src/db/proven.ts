/** Which organization an entrance led to, as the database proved lately: known before the next transaction begins. */
import type { Entrance } from './scope.ts'

const most = 20_000

export type Proven = {
  organizationOf(entrance: Entrance | null): string | undefined
  remember(entrance: Entrance, organizationId: string): void
  forget(entrance: Entrance): void
}

/**
 * A memory of people and what they named, not of names alone: what one member proved says nothing about a stranger who asks for
 * the same thing. It opens no door; it only says whose budget and whose turn a call is. The longest unused entry goes first.
 */
export function provenEntrances(): Proven {
  const organizations = new Map<string, string>()
  const put = (key: string, organizationId: string) => {
    organizations.delete(key)
    organizations.set(key, organizationId)
  }
  return {
    organizationOf(entrance) {
      const key = keyOf(entrance)
      const found = key === undefined ? undefined : organizations.get(key)
      if (key !== undefined && found !== undefined) put(key, found)
      return found
    },
    remember(entrance, organizationId) {
      const key = keyOf(entrance)
      if (key === undefined) return
      put(key, organizationId)
      const [oldest] = organizations.keys()
      if (organizations.size > most && oldest !== undefined) organizations.delete(oldest)
    },
    forget(entrance) {
      const key = keyOf(entrance)
      if (key !== undefined) organizations.delete(key)
    },
  }
}

const keyOf = (entrance: Entrance | null) => (entrance?.ref === undefined ? undefined : `${entrance.userId} ${entrance.ref}`)
