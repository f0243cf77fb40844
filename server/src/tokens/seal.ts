/** Seals text that must be kept and that nobody may read in the database (AES-256-GCM, NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const [nonceBytes, tagBytes] = [12, 16]

/** Seals `text` for one place: what was sealed with another `binding` does not open. Nonce, tag and ciphertext, in this order. */
export function seal(key: KeyObject, binding: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes) // 96 random bits: good for 2^32 messages of one key
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(binding))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Opens what `seal` made. Throws when anything is not as it was: key, binding or a single bit. */
export function unseal(key: KeyObject, binding: string, sealed: Buffer): string {
  const [nonce, tag, body] = [
    sealed.subarray(0, nonceBytes),
    sealed.subarray(nonceBytes, nonceBytes + tagBytes),
    sealed.subarray(nonceBytes + tagBytes),
  ]
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(binding)).setAuthTag(tag)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}
