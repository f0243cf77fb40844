/** Why a port cannot be used, for people. */

/** A sentence for a port that cannot be listened on, by the system's code. */
export function portSentence(port, code, host) {
  const other = `Choose another one: PORT=${port === 3001 ? 3002 : 3001} npm start`
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. End that program, or choose another port: PORT=${port === 3001 ? 3002 : 3001} npm start`
  if (code === 'EACCES') return `Port ${port} may not be used by this user (ports below 1024 are reserved). ${other}`
  if (code === 'EADDRNOTAVAIL') return `HOST is "${host}", which is not an address of this machine. Leave HOST out, or set HOST=127.0.0.1.`
  return `Port ${port} cannot be listened on (${code}). ${other}`
}
