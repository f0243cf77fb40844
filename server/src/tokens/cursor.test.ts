/** Cursors: read by whoever they were made for, in the list that they were made for. */
import { describe, expect, it } from 'vitest'
import { turnOf } from './cursor.ts'
import { keysFrom } from './keys.ts'

const { cursor: key, refresh } = keysFrom('a secret of the cursor test, of more than 32 bytes')

describe('a cursor', () => {
  it('brings back the place that it was made for', () => {
    for (const place of [['a'], [1, 'x'], ['ü ö', 0], []]) {
      const cursor = turnOf(key, 'list of Ada', { limit: 5 }).next(place)
      expect(turnOf(key, 'list of Ada', { limit: 9, cursor })).toMatchObject({ limit: 9, after: place })
    }
  })

  it('is refused for another binding, another key, or a changed place', () => {
    const cursor = turnOf(key, 'list of Ada', { limit: 5 }).next(['a'])
    const changed = `${Buffer.from('["b"]').toString('base64url')}.${cursor.split('.')[1]}`
    const refusal = expect.objectContaining({
      error: 'VALIDATION_FAILED',
      extras: { issues: [{ path: 'cursor', message: 'Is not a cursor of this list' }] },
    })
    for (const [with_, binding, given] of [
      [key, 'list of Bob', cursor],
      [refresh, 'list of Ada', cursor],
      [key, 'list of Ada', changed],
      [key, 'list of Ada', `${cursor}.`],
    ] as const) {
      let thrown: unknown
      try {
        turnOf(with_, binding, { limit: 5, cursor: given })
      } catch (error) {
        thrown = error
      }
      expect(thrown).toEqual(refusal)
    }
  })

  it('does not let the end of a binding pass for the beginning of a place', () => {
    const body = Buffer.from('["a"]').toString('base64url')
    const cursor = turnOf(key, `list\n${body}`, { limit: 5 }).next(['b'])
    expect(() => turnOf(key, 'list', { limit: 5, cursor })).toThrow('The request breaks a rule')
  })
})

describe('keys', () => {
  it('differ by purpose and by secret, and are the same each time', () => {
    const hex = (secret: string) => Object.values(keysFrom(secret)).map((one) => one.export().toString('hex'))
    const all = [...hex('a'.repeat(32)), ...hex('b'.repeat(32))]
    expect(new Set(all).size).toBe(all.length)
    expect(hex('a'.repeat(32))).toEqual(hex('a'.repeat(32)))
  })
})
