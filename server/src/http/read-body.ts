/** Reads a JSON body, at most 100 kB, strictly. */
import type { Request, RequestHandler } from 'express'
import { AppError } from '../errors.ts'

const mostBytes = 100_000
const deepest = 32
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Puts the parsed body on `req.body`; an empty one is left undefined. Errors: PAYLOAD_TOO_LARGE, MALFORMED_JSON. */
export const readBody = (): RequestHandler => (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next()
  collect(req)
    .then((bytes) => {
      req.body = bytes.length === 0 ? undefined : parse(bytes)
      next()
    })
    .catch((error: unknown) => {
      res.setHeader('Connection', 'close') // the rest of the body is not worth reading
      next(error)
    })
}

async function collect(req: Request): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) throw new AppError('PAYLOAD_TOO_LARGE', {})
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new AppError('PAYLOAD_TOO_LARGE', {})
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parse(bytes: Buffer): unknown {
  try {
    const text = utf8.decode(bytes)
    if (!isSound(text)) throw new AppError('MALFORMED_JSON', {})
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('MALFORMED_JSON', {}, { cause: error })
  }
}

/**
 * Whether brackets nest no deeper than they may and no object names a key twice. Looked at before parsing, because a deep value
 * costs a parser its stack, and because a parser keeps the last of two keys without a word (RFC 8259, section 4).
 */
function isSound(text: string): boolean {
  const open: (Set<string> | null)[] = [] // the keys so far of each open object, null for a list
  let quotedFrom = -1
  let quoted = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (quotedFrom >= 0) {
      if (sign === '\\') at++ // hides the next sign
      else if (sign === '"') {
        quoted = text.slice(quotedFrom, at + 1)
        quotedFrom = -1
      }
    } else if (sign === '"') quotedFrom = at
    else if (sign === ':') {
      const keys = open.at(-1)
      const key = JSON.parse(quoted) as string // two spellings of one key are one key
      if (keys?.has(key)) return false
      keys?.add(key)
    } else if (sign === '{' || sign === '[') {
      if (open.push(sign === '{' ? new Set() : null) > deepest) return false
    } else if (sign === '}' || sign === ']') open.pop()
  }
  return true
}
