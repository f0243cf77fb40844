/** What is sealed: read by whoever has the key and knows the place, by nobody else, and never twice the same. */
import { describe, expect, it } from 'vitest'
import { keysFrom } from './keys.ts'
import { seal, unseal } from './seal.ts'

const { answer: key, request: another } = keysFrom('a secret of the seal test, of more than 32 bytes')

const refused = /unable to authenticate|Invalid authentication tag|Invalid initialization vector/i

describe('a sealed text', () => {
  it.each(['', '{}', 'naïve – ≠ \u{1F512}', 'x'.repeat(100_000)])('opens as what it was', (text) => {
    expect(unseal(key, 'place', seal(key, 'place', text))).toBe(text)
  })

  it('shows nothing of itself but its length, and never looks the same twice', () => {
    const [first, second] = [seal(key, 'place', 'canary canary'), seal(key, 'place', 'canary canary')]
    expect(first.includes('canary')).toBe(false)
    expect(first.equals(second)).toBe(false)
    expect(first.length).toBe('canary canary'.length + 28)
  })

  it('does not open with another key or in another place', () => {
    const sealed = seal(key, 'place', 'text')
    expect(() => unseal(another, 'place', sealed)).toThrow(refused)
    expect(() => unseal(key, 'another place', sealed)).toThrow(refused)
  })

  it('does not open when any bit of it is another, or any byte is missing', () => {
    const sealed = seal(key, 'place', 'text')
    for (let at = 0; at < sealed.length * 8; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
      expect(() => unseal(key, 'place', changed), `bit ${at}`).toThrow(refused)
    }
    for (let length = 0; length < sealed.length; length++) expect(() => unseal(key, 'place', sealed.subarray(0, length))).toThrow(refused)
  })
})
