/** Refuses a Node.js that is too old, in words that the old one can still say. */

const needed = [20, 19]

/** Ends the process with a sentence when this Node.js is older than Mortise needs. */
export function refuseOldNode() {
  if (isRecentEnough(process.versions.node)) return
  process.stderr.write(oldNodeSentence(process.versions.node) + '\n')
  process.exit(1)
}

export function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > needed[0] || (major === needed[0] && minor >= needed[1])
}

export function oldNodeSentence(version) {
  return `Mortise needs Node.js ${needed.join('.')} or newer; this is ${version}. Install a current one from https://nodejs.org and try again.`
}
