/** Hears every violation of the content security policy and of Trusted Types, whichever page of a context it happens on. */
import type { BrowserContext } from 'playwright-core'

/** What is told of one. */
type Violation = { directive: string; blocked: string; sample: string; at: string }

/** Calls `tell` for each from now on; pages that are open already are not listened to. */
export async function listenForViolations(context: BrowserContext, tell: (violation: string) => unknown): Promise<void> {
  await context.exposeBinding('tellViolation', (_source, { directive, blocked, sample, at }: Violation) =>
    tell(`policy: ${directive} refused ${blocked || 'something inline'} at ${at} ${sample}`.trim()),
  )
  await context.addInitScript(() => {
    const { tellViolation } = globalThis as unknown as { tellViolation: (violation: Violation) => void }
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) =>
      tellViolation({ directive: effectiveDirective, blocked: blockedURI, sample, at: `${sourceFile}:${lineNumber}` }),
    )
  })
}
