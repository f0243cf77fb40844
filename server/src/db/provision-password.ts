/** Passwords of the login roles, derived from the administrator's, and the form in which PostgreSQL is told them. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** The password of a role: whoever knows the administrator's password knows this one, nobody else does. */
export const passwordOf = (administratorPassword: string, role: string): string =>
  createHmac('sha256', administratorPassword).update(role).digest('base64url')

/** The SCRAM verifier of a password (RFC 5803): what is sent can be logged by the server without giving the password away. */
export function verifierOf(password: string): string {
  const salt = randomBytes(16)
  const iterations = 4096
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const stored = createHash('sha256').update(sign(salted, 'Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${sign(salted, 'Server Key').toString('base64')}`
}

const sign = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
