/** The unit of cost: what the least request takes here and now. */
import { request } from './client.ts'
import { isHealth } from './shapes.ts'

const times = 3

/**
 * The middle of three `/health` requests in milliseconds, 0 when none was answered. `pause` is that between two calls of a person: after it
 * a busy machine has to give the server its processor back, and health has to wait for that like everything else.
 */
export function healthMilliseconds(target: string, pause: () => void): number {
  const taken = Array.from({ length: times }, () => {
    pause()
    return request({ target, call: 'health', method: 'GET', path: '/health', expected: { status: 200, is: isHealth } })
  }).flatMap((answer) => answer?.milliseconds ?? [])
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0
}
