/** A few people who work all the time, so that a request that is lost is noticed. */

const people = 4

/** Starts them. Gives `more(count)`, which waits until so many more requests were answered, and `end()` with `{ asked, failed, first }`. */
export async function lightLoad(visitor) {
  const counts = { asked: 0, failed: 0, first: '' }
  const waiting = new Set()
  const ending = new AbortController()
  const { token, project } = await visitor.walk()

  const count = (error) => {
    counts.asked += 1
    if (error) {
      counts.failed += 1
      counts.first ||= error.message
    }
    for (const wait of waiting) {
      if (counts.asked < wait.from) continue
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
    more: (howMany) => new Promise((resolve) => waiting.add({ from: counts.asked + howMany, resolve })),
    async end() {
      ending.abort()
      await all
      return counts
    },
  }
}
