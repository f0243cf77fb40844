/** A proxy between callers and a server that breaks connections at each moment at which a request can lose its answer. */
import { aProxy, type Tap } from './proxy.ts'

/** When a connection is broken: before the server has the request, a moment after, or when its answer is there and not passed on. */
export const moments = ['before the request', 'while it was answered', 'with the answer'] as const
export type Moment = (typeof moments)[number]

export type Cutting = {
  url: string
  /** How many connections were broken at each moment. */
  cuts: Record<Moment, number>
  close(): Promise<void>
}

/** The longest that a server takes for a change, roughly, in milliseconds: cuts fall anywhere in it. */
const usualMs = 12

/** Starts it. Of seven requests three are broken, one at each moment: by turns, so that even a short run meets all of them. */
export async function cutting(url: string): Promise<Cutting> {
  const cuts: Record<Moment, number> = { 'before the request': 0, 'while it was answered': 0, 'with the answer': 0 }
  const turns: readonly (Moment | undefined)[] = [moments[2], undefined, moments[0], undefined, moments[1], undefined, undefined]
  let turn = 0

  const tapOf = (): Tap => {
    let planned: Moment | undefined
    let isAsked = false
    return (side, _chunk, pass, cut) => {
      const breakIt = (moment: Moment) => {
        cuts[moment]++
        planned = undefined
        isAsked = false
        cut()
      }
      if (side === 'server') {
        if (planned === 'with the answer') return breakIt(planned)
        isAsked = false
        return pass()
      }
      if (!isAsked) planned = turns[turn++ % turns.length] // head and body may come in two pieces
      isAsked = true
      if (planned === 'before the request') return breakIt(planned)
      pass()
      if (planned === 'while it was answered') setTimeout(() => isAsked && breakIt('while it was answered'), Math.random() * usualMs)
    }
  }

  const proxy = await aProxy(url, tapOf)
  return { url: `http://127.0.0.1:${proxy.port}`, cuts, close: () => proxy.close() }
}
