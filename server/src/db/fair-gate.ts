/** The fair gate: who gets a connection next, so that one organization cannot slow the others. */
import { AppError } from '../errors.ts'

/** Whose turn it is. Only organizations compete: what their own members do elsewhere is no neighbour's work. */
export type Who = { name: string; isOrganization: boolean }

export type FairGate = {
  /**
   * Runs work when it is the turn of its party. The party is asked again at the end, when the database may have told more: it is
   * the one whose time it was. Errors: RATE_LIMITED where too many of the same party wait, UNAVAILABLE where the wait is too long or the caller has gone.
   */
  run<Result>(party: () => Who, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>
  /** For tests and measurements. */
  state(): { taken: number; waiting: number; parties: number }
}

type Settings = {
  /** Connections there are. */
  slots: number
  /** Connections that one party holds at most. */
  share?: number
  /** Works of one party that wait at most. */
  longestQueue?: number
  patienceMs?: number
  now?: () => number
}

type Waiter = { start: () => void }
type Meter = { spentMs: number; at: number }
type Party = Meter & { isOrganization: boolean; running: number; waiting: Set<Waiter> }

const halfLifeMs = 5_000
const forgettableMs = 0.1
/** Time of the neighbours from which on they are there; what is less is a single call. */
const noticeableMs = 20

/**
 * A part of the connections that leaves others some: a quarter, rounded up; two where a quarter is one, so that one slow
 * statement does not stop an organization; never all of them.
 */
export const shareOf = (slots: number) => Math.max(1, Math.min(slots - 1, Math.max(2, Math.ceil(slots / 4))))

/**
 * A free connection goes at once to whoever asks and holds less than a share. Where some wait, the next turn is that of the party
 * that used the least time lately; the time of the past counts half every five seconds. So a party that asks rarely goes
 * before one that floods, and a connection is idle only when nobody may have it. An organization that used more than two thirds of
 * the time of all of them, while others worked too, holds a third of its share: a processor cannot be taken back from a statement
 * that runs.
 */
export function fairGate({
  slots,
  share = shareOf(slots),
  longestQueue = 100,
  patienceMs = 1_500,
  now = performance.now.bind(performance),
}: Settings): FairGate {
  const parties = new Map<string, Party>()
  let free = slots
  let releases = 0

  const partyOf = ({ name, isOrganization }: Who): Party => {
    const known = parties.get(name) ?? { isOrganization, running: 0, waiting: new Set<Waiter>(), spentMs: 0, at: now() }
    parties.set(name, known)
    return known
  }
  const organizations: Meter = { spentMs: 0, at: now() }
  const spentBy = ({ spentMs, at }: Meter) => spentMs * 0.5 ** ((now() - at) / halfLifeMs)

  const book = (meter: Meter, ms: number) => {
    meter.spentMs = spentBy(meter) + ms
    meter.at = now()
  }
  const shareNowOf = (party: Party) => {
    if (!party.isOrganization) return share
    const own = spentBy(party)
    const others = spentBy(organizations) - own
    return others > noticeableMs && own > 2 * others ? Math.ceil(share / 3) : share
  }

  const take = (party: Party) => {
    free--
    party.running++
  }

  function next(): void {
    for (let party = turn(); party !== undefined; party = turn()) {
      const [waiter] = party.waiting
      take(party)
      waiter?.start()
    }
  }

  function turn(): Party | undefined {
    if (free === 0) return undefined
    let [first, least]: [Party | undefined, number] = [undefined, Infinity]
    for (const party of parties.values()) {
      if (party.waiting.size === 0 || party.running >= shareNowOf(party)) continue
      const spent = spentBy(party)
      if (spent < least) [first, least] = [party, spent]
    }
    return first
  }

  /** Others would have had a connection, and those of this party do come to an end: it is not the database that does not answer. */
  const isCrowdedByItself = (party: Party) => free > 0 && party.spentMs > 0 && now() - party.at < patienceMs

  async function enter(party: Party, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw gone()
    if (free > 0 && party.waiting.size === 0 && party.running < shareNowOf(party)) return take(party)
    if (party.waiting.size >= longestQueue) throw tooMany()
    await new Promise<void>((resolve, reject) => {
      const settle = () => {
        clearTimeout(late)
        signal?.removeEventListener('abort', abandon)
        party.waiting.delete(waiter)
      }
      const waiter: Waiter = {
        start: () => {
          settle()
          resolve()
        },
      }
      const giveUp = (reason: AppError) => {
        settle()
        reject(reason)
      }
      const abandon = () => giveUp(gone())
      const late = setTimeout(() => giveUp(isCrowdedByItself(party) ? tooMany() : noTurn()), patienceMs)
      signal?.addEventListener('abort', abandon)
      party.waiting.add(waiter)
    })
  }

  function leave(party: Party, ended: Party, ms: number): void {
    free++
    party.running--
    book(ended, ms)
    if (ended.isOrganization) book(organizations, ms)
    if (++releases % 1_000 === 0) for (const [name, one] of parties) if (isForgettable(one)) parties.delete(name)
    next()
  }
  const isForgettable = (party: Party) => party.running === 0 && party.waiting.size === 0 && spentBy(party) < forgettableMs

  return {
    async run(name, work, signal) {
      const party = partyOf(name())
      await enter(party, signal)
      const startedAt = now()
      try {
        return await work()
      } finally {
        leave(party, partyOf(name()), now() - startedAt)
      }
    },
    state: () => ({
      taken: slots - free,
      waiting: [...parties.values()].reduce((sum, { waiting }) => sum + waiting.size, 0),
      parties: parties.size,
    }),
  }
}

const tooMany = () => new AppError('RATE_LIMITED', {}, { retryAfterSeconds: 1 })
const noTurn = () => new AppError('UNAVAILABLE', {}, { cause: new Error('no turn at the database in time') })
const gone = () => new AppError('UNAVAILABLE', {}, { cause: new Error('the caller has gone') })
