/** The stream of events: what is heard, what is caught up with, and what the reader is told about it. */
import { beforeEach, describe, expect, it, vi } from 'vitest'

type Handlers = {
  onData: (tracked: { id: string; data: unknown }) => void
  onConnectionStateChange: (change: { state: string; error: unknown }) => void
  onError: (error: unknown) => void
}
const opened: { input: { org: string; lastEventId?: string }; handlers: Handlers; unsubscribe: ReturnType<typeof vi.fn> }[] = []
const subscribe = vi.hoisted(() => ({ it: (_input: unknown, _handlers: unknown): unknown => undefined }))
vi.mock('../src/api.ts', () => ({
  api: { events: { onOrganization: { subscribe: (input: unknown, handlers: unknown) => subscribe.it(input, handlers) } } },
}))

const { Live, matches } = await import('../src/controllers/subscription.ts')

beforeEach(() => {
  opened.length = 0
  subscribe.it = (input, handlers) => {
    const unsubscribe = vi.fn()
    opened.push({ input: input as (typeof opened)[0]['input'], handlers: handlers as Handlers, unsubscribe })
    return { unsubscribe }
  }
})

const event = (type: string) => ({ type })
const begun = () => {
  const live = new Live()
  const hear = vi.fn()
  const catchUp = vi.fn()
  live.listen('task.*', hear, catchUp)
  live.open('halden-roe')
  const stream = () => {
    const last = opened.at(-1)
    if (!last) throw new Error('No stream was opened')
    return last
  }
  const say = (id: number, type = 'task.created') => stream().handlers.onData({ id: String(id), data: event(type) })
  const state = (name: string, error: unknown = null) => stream().handlers.onConnectionStateChange({ state: name, error })
  return { live, hear, catchUp, stream, say, state }
}

describe('the stream', () => {
  it('tells each listener what it asked for, and nothing twice', () => {
    const { hear, say, state } = begun()
    state('pending')
    say(7)
    say(8, 'project.created')
    say(8, 'task.updated')
    say(9, 'task.deleted')
    expect(hear.mock.calls.map(([heard]) => heard.type)).toEqual(['task.created', 'task.deleted'])
  })

  it('catches up once it is live, because what came before was not heard', () => {
    const { catchUp, live, state } = begun()
    state('pending')
    expect(catchUp).toHaveBeenCalledOnce()
    expect(live.presence).toBe('live')
  })

  it('catches up after a gap in the numbers', () => {
    const { catchUp, hear, say, state } = begun()
    state('pending')
    say(7)
    say(9)
    expect(catchUp).toHaveBeenCalledTimes(2)
    expect(hear).toHaveBeenCalledOnce()
  })

  it('resumes behind the last event, without catching up', async () => {
    const { catchUp, live, say, state, stream } = begun()
    state('pending')
    say(7)
    live.retry()
    expect(stream().input).toEqual({ org: 'halden-roe', lastEventId: '7' })
    state('pending')
    expect(catchUp).toHaveBeenCalledOnce()
  })

  it('is reconnecting at first and offline when that lasts, and tries again by itself', async () => {
    const { live, state, stream } = begun()
    state('pending')
    state('connecting', new Error('gone'))
    expect(live.presence).toBe('reconnecting')
    state('connecting', new Error('gone'))
    stream().handlers.onError(new Error('gone'))
    expect(live.presence).toBe('offline')
    await vi.waitFor(() => expect(opened).toHaveLength(2), { timeout: 4_000 })
    state('pending')
    expect(live.presence).toBe('live')
  })

  it('does not come back to an organization that is not the reader’s', async () => {
    const { live, stream } = begun()
    stream().handlers.onError(Object.assign(new Error('no'), { data: { error: 'ORG_NOT_FOUND' } }))
    await new Promise((done) => setTimeout(done, 700))
    expect(opened).toHaveLength(1)
    live.close()
  })

  it('closes when another organization is opened, and begins there without an old id', () => {
    const { live, say, state, stream } = begun()
    state('pending')
    say(7)
    const before = stream()
    live.open('north-dock')
    expect(before.unsubscribe).toHaveBeenCalledOnce()
    expect(stream().input).toEqual({ org: 'north-dock', lastEventId: undefined })
  })
})

describe('a tab that nobody looks at', () => {
  it('lets go of the stream after half a minute and resumes it when somebody comes back', async () => {
    const { say, state, stream } = begun()
    state('pending')
    say(7)
    const before = stream()
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    vi.useFakeTimers()
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(29_000)
    expect(before.unsubscribe).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(before.unsubscribe).toHaveBeenCalledOnce()
    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(stream().input.lastEventId).toBe('7')
    expect(stream()).not.toBe(before)
    vi.useRealTimers()
    hidden.mockRestore()
  })
})

describe('a pattern', () => {
  it('matches one event, all of a kind, or everything', () => {
    expect(matches('task.moved', 'task.moved')).toBe(true)
    expect(matches('task.*', 'task.moved')).toBe(true)
    expect(matches('*', 'task.moved')).toBe(true)
    expect(matches('task.*', 'project.created')).toBe(false)
    expect(matches('task', 'task.moved')).toBe(false)
  })
})
