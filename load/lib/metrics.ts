/** What a run counts beside k6's own figures. */
import { Counter, Gauge, Trend } from 'k6/metrics'

/** Answers that were what they should be, by `call`; a threshold on their count is what makes a run without samples a failure. */
export const answers = new Counter('answers')
export const reads = new Counter('reads')
export const writes = new Counter('writes')

/** Answers that were not: another status, another body, or none. */
export const wrong = new Counter('wrong_answers')

/** Requests that the server refused because it had too many (429 and 503): right under stress, wrong elsewhere. */
export const shed = new Counter('shed')

/** How many health checks a call costs, by `call`: its duration over that of `/health` at the same time. */
export const cost = new Trend('cost')

/** Seconds that went into making people, before the work began. */
export const preparation = new Gauge('preparation')

/** Events that arrived, streams that were cut and resumed, and the milliseconds from the answer to a change until its event had arrived. */
export const events = new Counter('events')
export const resumed = new Counter('resumed')
export const delivery = new Trend('delivery', true)
