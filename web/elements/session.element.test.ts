/** The session: one renewal for all, and what a refusal means. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { session } from '../src/session.ts'

const user = { id: 'u', name: 'guest-1', kind: 'guest' as const }
const signedIn = (token: string, lastsMs = 600_000) => ({ token, expiresAt: new Date(Date.now() + lastsMs).toISOString(), user })
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const fetching = vi.spyOn(globalThis, 'fetch')

beforeEach(() => void fetching.mockReset())

describe('a session', () => {
  it('gives out its token without asking while it is fresh', async () => {
    session.begin(signedIn('a'))
    expect(await session.bearer()).toBe('a')
    expect(fetching).not.toHaveBeenCalled()
  })

  it('is renewed once for everybody who waits', async () => {
    session.begin(signedIn('a'))
    session.distrust('a')
    fetching.mockImplementation(async () => answer(200, signedIn('b')))
    expect(await Promise.all([session.bearer(), session.bearer(), session.bearer()])).toEqual(['b', 'b', 'b'])
    expect(fetching).toHaveBeenCalledOnce()
  })

  it('does not blame the new token for what happened to the old one', async () => {
    session.begin(signedIn('b'))
    session.distrust('a')
    expect(await session.bearer()).toBe('b')
    expect(fetching).not.toHaveBeenCalled()
  })

  it('trusts a token for a minute even when the clock here runs ahead', async () => {
    session.begin(signedIn('c', -3_600_000))
    expect(await session.bearer()).toBe('c')
  })

  it('takes what another tab has renewed', async () => {
    session.begin(signedIn('a'))
    const tab = new BroadcastChannel('mortise-session')
    tab.postMessage({ kind: 'renewed', signedIn: signedIn('from-there') })
    await vi.waitFor(async () => expect(await session.bearer()).toBe('from-there'))
    tab.close()
  })

  it('is lost when the server refuses to renew it, and remembers who it was', async () => {
    session.begin(signedIn('a'))
    session.distrust('a')
    fetching.mockResolvedValue(answer(401, {}))
    expect(await session.bearer()).toBeNull()
    expect(session.state).toBe('lost')
    expect(session.person).toEqual(user)
  })

  it('stays when the server is only away', async () => {
    session.begin(signedIn('a'))
    session.distrust('a')
    fetching.mockResolvedValue(answer(503, {}))
    await expect(session.bearer()).rejects.toThrow('503')
    expect(session.state).toBe('in')
  })

  it('ends here even when the server does not hear of it', async () => {
    session.begin(signedIn('a'))
    fetching.mockRejectedValue(new TypeError('no network'))
    await expect(session.end()).rejects.toThrow('no network')
    expect(session.state).toBe('out')
    expect(session.person).toBeNull()
  })
})
