/** What is true around an element without being handed down by hand: who reads, and in which organization. Narrow on purpose. */
import { createContext } from '@lit/context'
import type { Organization } from '@mortise/shared/organizations'
import type { Person } from './session.ts'

/** The signed-in person, null before sign-in. */
export const personContext = createContext<Person | null>('person')

/** The organization of the address, with the reader's role in it; null outside of one or until it is known. */
export const organizationContext = createContext<Organization | null>('organization')
