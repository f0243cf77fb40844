/** The small picture shows what the large one did. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decode, indexed } from './png.mjs'

/** An RGB picture, each row with another filter, as an encoder would choose them. */
function picture(width, height, colourAt) {
  const stride = width * 3
  const plain = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) plain.writeUIntBE(colourAt(x, y), y * stride + x * 3, 3)
  const raw = Buffer.alloc(height * (stride + 1))
  for (let y = 0; y < height; y++) {
    raw[y * (stride + 1)] = y % 3
    for (let x = 0; x < stride; x++) {
      const before = [0, x >= 3 ? plain[y * stride + x - 3] : 0, y > 0 ? plain[(y - 1) * stride + x] : 0][y % 3]
      raw[y * (stride + 1) + 1 + x] = plain[y * stride + x] - before
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunk = (name, data) =>
    Buffer.concat([Buffer.from([0, 0, data.length >> 8, data.length & 255]), Buffer.from(name), data, Buffer.alloc(4)])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const paletteIn = (png) => png.subarray(png.indexOf('PLTE') + 4)

describe('a picture', () => {
  it('is read through the filters of its rows', () => {
    const { width, height, pixels } = decode(picture(4, 6, (x, y) => x * 0x102030 + y))
    expect([width, height]).toEqual([4, 6])
    expect(Array.from(pixels.slice(4, 8))).toEqual([1, 0x102031, 0x204061, 0x306091])
  })

  it('keeps every colour where there are few, the rarest too', () => {
    const small = indexed(picture(40, 40, (x, y) => (x === 39 && y === 39 ? 0xa5301f : x < 20 ? 0xfcfbf9 : 0x1e1c19)))
    expect(new Set([0, 3, 6].map((at) => paletteIn(small).readUIntBE(at, 3)))).toEqual(new Set([0x1e1c19, 0xa5301f, 0xfcfbf9]))
  })

  it('has at most 256 colours afterwards', () => {
    const small = indexed(picture(60, 60, (x, y) => ((x * 4) << 16) | ((y * 4) << 8) | 128))
    expect(small.readUInt32BE(small.indexOf('PLTE') - 4)).toBe(256 * 3)
  })

  it('is refused when it is something else', () => {
    expect(() => indexed(Buffer.from('GIF89a and so on'))).toThrow('not a PNG')
  })
})
