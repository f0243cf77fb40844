/** The kinds of text and numbers that every input is made of. */
import { z } from 'zod'

/** What nobody sees: controls, direction marks, separators, fillers, tags. Variation selectors stay, because emoji are spelled with them. */
const invisible = /(?![\u034f\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u
const unprintable = /[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u

const codePoints = (text: string) => [...text].length
const atMost = (limit: number) => (text: string) => codePoints(text) <= limit

/** One line that people read: trimmed, NFC, `1..limit` code points, nothing invisible (Unicode TR 36, bidi and zero width). */
export const line = (limit: number) =>
  z
    .string()
    .max(limit * 4)
    .normalize()
    .trim()
    .min(1, 'Must not be empty')
    .refine(atMost(limit), `Must be at most ${limit} characters`)
    .refine((text) => !invisible.test(text), 'Must not contain control, direction or invisible characters')
    .refine((text) => text === '' || visible.test(text), 'Must contain something that can be seen')

/** Several lines that people read: `0..limit` code points, line breaks and tabs allowed, other control characters refused. */
export const prose = (limit: number) =>
  z
    .string()
    .max(limit * 4)
    .refine(atMost(limit), `Must be at most ${limit} characters`)
    .refine((text) => !unprintable.test(text), 'Must not contain control or direction characters')

/** Canonical lower case UUID. Ours are version 7 (RFC 9562), but any version can be asked for and not be found. */
export const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'Must be a lower case UUID')

const reserved = new Set([
  'admin',
  'api',
  'app',
  'auth',
  'docs',
  'health',
  'help',
  'invite',
  'mortise',
  'new',
  'ready',
  'root',
  'status',
  'support',
  'system',
  'trpc',
  'www',
])

/** The shape of a slug, 3..40 characters. ASCII only: look-alikes from other scripts cannot be told apart in an address. */
export const slugShape = z
  .string()
  .min(3)
  .max(40)
  .regex(/^[a-z0-9](-?[a-z0-9])*$/, 'Lower case letters, digits and single hyphens only')

/** A slug that may be given to something new: not reserved, and not to be mistaken for an id. */
export const slug = slugShape
  .refine((text) => !reserved.has(text), 'This address is reserved')
  .refine((text) => !id.safeParse(text).success, 'Must not look like an id')

/** The `version` that the caller read; a change from an older one is refused with VERSION_CONFLICT. */
export const version = z.int().min(1).max(2_147_483_647)

/** A calendar day between 1970 and 2200, as `2026-11-21`. */
export const day = z.iso.date().refine((text) => text >= '1970-01-01' && text < '2201-01-01', 'Must lie between 1970 and 2200')

/** A moment in UTC with milliseconds, as `2026-11-21T09:30:00.000Z`. */
export const moment = z.iso.datetime({ precision: 3 })

/** Makes a slug from a name: Latin letters lose their accents, the rest becomes hyphens. Too little left gives `fallback`. */
export function slugFrom(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\x00-\x7f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replaceAll(/^-+|-+$/g, '')
  return slug.safeParse(plain).success ? plain : fallback
}
