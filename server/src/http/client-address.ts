/** Where a request comes from, as far as the proxies in front can be believed. */
import type { IncomingMessage } from 'node:http'
import { isIP, isIPv4 } from 'node:net'

/**
 * The address of the caller. `trustedProxies` is how many proxies stand in front: each adds the address that it was called from
 * to the right end of `X-Forwarded-For`, so the caller is that many places from the right, and what stands further left is the
 * caller's own invention. With 0 the header is not looked at. Where an entry is missing or no address, the last trusted one counts.
 */
export function clientAddress(req: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  let address = plain(req.socket.remoteAddress ?? '') ?? ''
  if (trustedProxies === 0) return address
  const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',')
  for (const entry of forwarded.slice(-trustedProxies).reverse()) {
    const next = plain(entry.trim())
    if (next === undefined) return address
    address = next
  }
  return address
}

/** An address without port, brackets, zone and the prefix that hides IPv4 in IPv6; undefined for anything else. */
function plain(text: string): string | undefined {
  const host = /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1] ?? /^(\d+(\.\d+){3}):\d+$/.exec(text)?.[1] ?? text
  const bare = host.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(.*)$/.exec(bare)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  return isIP(bare) === 0 ? undefined : bare
}

/**
 * What one subscriber holds at least: an IPv4 address, or the /64 of an IPv6 address (RFC 6177), whose addresses cost nothing.
 */
export function prefixOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::') // written in one way only
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const all = tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  return `${all.slice(0, 4).join(':')}::/64`
}
