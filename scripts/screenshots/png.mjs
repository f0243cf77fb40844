/** Makes a PNG of a screen small: at most 256 colours, one byte a pixel. Pictures of pages lose nothing that an eye would miss. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostColours = 256

/** The same picture, indexed. Takes what a browser writes: 8 bits a channel, RGB or RGBA without transparency. Errors: another kind of PNG. */
export function indexed(png) {
  const { width, height, pixels } = decode(png)
  const palette = paletteOf(pixels)
  const nearest = new Map()
  const rows = Buffer.alloc(height * (width + 1))
  for (let at = 0; at < pixels.length; at++) {
    const colour = pixels[at]
    if (!nearest.has(colour)) nearest.set(colour, nearestIn(palette, colour))
    rows[at + Math.floor(at / width) + 1] = nearest.get(colour)
  }
  return encode({ width, height, palette, rows })
}

/** `{ width, height, pixels }` with each pixel as 0xRRGGBB. */
export function decode(png) {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('This is not a PNG')
  const chunks = chunksOf(png)
  const [header] = chunks.get('IHDR')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = { 2: 3, 6: 4 }[header[9]]
  if (header[8] !== 8 || header[12] !== 0 || !channels)
    throw new Error('Only PNGs with 8 bits a channel in RGB or RGBA, not interlaced, can be read')
  const bytes = unfiltered(inflateSync(Buffer.concat(chunks.get('IDAT'))), { height, stride: width * channels, step: channels })
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at++) pixels[at] = bytes.readUIntBE(at * channels, 3)
  return { width, height, pixels }
}

function chunksOf(png) {
  const chunks = new Map()
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const name = png.toString('latin1', at + 4, at + 8)
    chunks.set(name, [...(chunks.get(name) ?? []), png.subarray(at + 8, at + 8 + length)])
    at += length + 12
  }
  return chunks
}

// The five filters of the PNG specification, section 9.
function unfiltered(raw, { height, stride, step }) {
  const bytes = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= step ? bytes[at - step] : 0
      const up = y > 0 ? bytes[at - stride] : 0
      const corner = x >= step && y > 0 ? bytes[at - stride - step] : 0
      bytes[at] = raw[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind]
    }
  }
  return bytes
}

function paeth(left, up, corner) {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value))
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

// Each next colour is the one that is missed most: often seen, and far from all that are there already. A small red sign counts too.
function paletteOf(pixels) {
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const colours = [...counts.keys()]
  const missing = colours.map(() => Infinity)
  const palette = []
  while (palette.length < Math.min(mostColours, colours.length)) {
    let next = 0
    let most = -1
    for (const [at, colour] of colours.entries()) {
      const missed = counts.get(colour) * missing[at]
      if (missed > most) [next, most] = [at, missed]
    }
    palette.push(colours[next])
    for (const [at, colour] of colours.entries()) missing[at] = Math.min(missing[at], distance(colour, colours[next]))
  }
  return palette
}

function nearestIn(palette, colour) {
  let best = 0
  let least = Infinity
  for (let at = 0; at < palette.length && least > 0; at++) {
    const far = distance(palette[at], colour)
    if (far < least) [best, least] = [at, far]
  }
  return best
}

const distance = (one, other) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)

function encode({ width, height, palette, rows }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.alloc(palette.length * 3)
  for (const [at, colour] of palette.entries()) colours.writeUIntBE(colour, at * 3, 3)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
