/** The address of a caller, and that nobody can choose another one. */
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAddress, prefixOf } from './client-address.ts'

/** A request over a connection from `from`, with the header that the last proxy sends on. */
function requestFrom(from: string, forwarded?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: from })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return request
}

describe('the address of a caller', () => {
  it.each([
    ['without proxies is that of the connection, whatever the header says', 0, '203.0.113.9, 10.0.0.1', '192.0.2.1'],
    ['behind one proxy is what that proxy put last', 1, '6.6.6.6, 198.51.100.7', '198.51.100.7'],
    ['behind two proxies is the last but one', 2, '6.6.6.6, 198.51.100.7, 10.0.0.1', '198.51.100.7'],
    ['is the nearest that is known where fewer proxies speak than are trusted', 3, '198.51.100.7', '198.51.100.7'],
    ['without a header is that of the connection', 1, undefined, '192.0.2.1'],
    ['is not taken from a header that is empty', 1, '', '192.0.2.1'],
    ['is not a word', 1, 'unknown', '192.0.2.1'],
    ['is not what stands behind a word', 2, '6.6.6.6, unknown', '192.0.2.1'],
    ['is not a list in an entry', 1, '198.51.100.7 6.6.6.6', '192.0.2.1'],
    ['has no port', 1, '198.51.100.7:5151', '198.51.100.7'],
    ['has no brackets', 1, '[2001:DB8::1]:5151', '2001:db8::1'],
    ['has no zone', 1, 'fe80::1%eth0', 'fe80::1'],
    ['is IPv4 where it is so inside IPv6', 1, '::ffff:198.51.100.7', '198.51.100.7'],
  ])('%s', (_, proxies, header, expected) => {
    expect(clientAddress(requestFrom('192.0.2.1', header), proxies)).toBe(expected)
  })

  it('of a connection is IPv4 where a socket for both kinds says otherwise', () => {
    expect(clientAddress(requestFrom('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1')
  })

  it('does not depend on anything that the caller can put into the header', () => {
    const entry = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())
    fc.assert(
      fc.property(fc.array(entry), fc.ipV4(), fc.ipV4(), (forged, real, proxy) => {
        const sent = [...forged, real, proxy].join(',')
        expect(clientAddress(requestFrom('10.0.0.1', sent), 2)).toBe(real)
        expect(clientAddress(requestFrom(real, sent), 0)).toBe(real)
      }),
    )
  })
})

describe('the prefix of an address', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('of %s is %s', (address, prefix) => expect(prefixOf(address)).toBe(prefix))

  it('is one for all addresses of a /64, and there is one for whatever is an address', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16))
    const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'))
    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        expect(prefixOf(`${network}:${one}`)).toBe(prefixOf(`${network}:${other}`))
      }),
    )
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(prefixOf(address)).toMatch(/^([0-9a-f]{1,4}:){4}:\/64$/)
      }),
    )
  })
})
