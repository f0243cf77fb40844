/** A few people who work all the time, so that a request that is lost is noticed. */

const people = 4

/**
 * Starts them. Gives `more(count)`, which waits until so many more requests were answered, and `end()` with `{ asked, failed, first }`. A process of the
 * API that had too much to do and said so itself (503) is not counted as failed: the log of the edge tells it from an answer that got lost.
 */
export async function lightLoad(visitor, site) {
  const failures = []
  let asked = 0
  const waiting = new Set()
  const ending = new AbortController()
  const { token, project } = await visitor.walk()

  const count = (error) => {
    asked += 1
    if (error) failures.push(error)
    for (const wait of waiting) {
      if (asked < wait.from) continue
      waiting.delete(wait)
      wait.resolve()
    }
  }
  const work = async () => {
    for (let turn = 0; !ending.signal.aborted; turn++) {
      const one = turn % 5 === 0 ? ['POST', { token, body: { title: `Turn ${turn}` } }] : ['GET', { token }]
      await visitor.call(one[0], `/projects/${project.id}/tasks`, one[1]).then(() => count(), count)
    }
  }
  const all = Promise.all(Array.from({ length: people }, work))
  return {
    more: (howMany) => new Promise((resolve) => waiting.add({ from: asked + howMany, resolve })),
    async end() {
      ending.abort()
      await all
      const { stdout } = failures.length > 0 ? await site.compose(['logs', '--no-log-prefix', 'edge']) : { stdout: '' }
      const busy = new Set(
        stdout
          .split('\n')
          .filter((line) => line.includes('"upstreamStatus":"503"'))
          .map((line) => JSON.parse(line).requestId),
      )
      const lost = failures.filter(({ requestId }) => !busy.has(requestId))
      const kept = failures.length - lost.length
      return { asked, failed: lost.length, first: lost[0]?.message ?? (kept > 0 ? `(${kept} met a busy process)` : '') }
    },
  }
}
