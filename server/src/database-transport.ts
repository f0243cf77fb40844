/** Whether a URL of PostgreSQL keeps what travels to itself. */

/**
 * The complaint about a URL in production: over a network PostgreSQL is spoken to by TLS, its certificate proven by authority and name
 * (`sslmode=verify-full` of libpq; the weaker modes stop nobody who stands in between). On the same machine it may be plain. The word
 * `DATABASE_PLAINTEXT=allow` silences it. Never repeats the URL, which carries a password.
 */
export function transportComplaint(url: string, plaintext: string | undefined): string | undefined {
  if (plaintext === 'allow' || isOnThisMachine(url) || new URL(url).searchParams.get('sslmode') === 'verify-full') return undefined
  return 'is not encrypted with proof of the server: add ?sslmode=verify-full (and &sslrootcert=<file> for an authority of your own), or say DATABASE_PLAINTEXT=allow'
}

/** True for loopback and for sockets of the file system. */
export function isOnThisMachine(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  return (
    host === '' || host.startsWith('/') || host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  )
}
