/** Answers the calls of the typed client in place of a server, and remembers what was asked. */
import { vi } from 'vitest'

type Input = Record<string, string | number | undefined>
/** What a procedure answers; throws a Refusal to refuse. */
type Procedure = (input: Input) => unknown

export type Call = { procedure: string; input: Input }

/** A refusal as the server words it. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly more: object = {},
  ) {
    super(code)
  }
}

/**
 * Takes the place of fetch until `vi.unstubAllGlobals()`; a procedure that is not named fails loudly. A procedure in `held` is
 * not answered before its promise is. Gives the calls, in order.
 */
export function answer(procedures: Record<string, Procedure>, held: Record<string, Promise<void> | undefined> = {}): Call[] {
  const calls: Call[] = []
  const one = (procedure: string, input: Input) => {
    calls.push({ procedure, input })
    const known = procedures[procedure]
    if (!known) throw new Error(`Nobody answers ${procedure} in this test`)
    try {
      return { result: { data: known(input) } }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { error: { message: error.code, code: -32_600, data: { error: error.code, requestId: 'req-test', ...error.more } } }
    }
  }
  vi.stubGlobal('fetch', async (address: string | URL, init?: RequestInit) => {
    const url = new URL(address, location.href)
    const names = url.pathname.replace('/trpc/', '').split(',')
    const text = init?.method === 'POST' && typeof init.body === 'string' ? init.body : (url.searchParams.get('input') ?? '{}')
    const inputs = JSON.parse(text) as Record<string, Input>
    for (const name of names) if (held[name]) await held[name]
    return Response.json(names.map((name, at) => one(name, inputs[String(at)] ?? {})))
  })
  return calls
}

/** The inputs of one procedure's calls. */
export const inputsOf = (calls: readonly Call[], procedure: string): Input[] =>
  calls.filter((call) => call.procedure === procedure).map(({ input }) => input)
