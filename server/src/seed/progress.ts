/** A progress bar on a terminal, one line per tenth of the way anywhere else. */

/** Gives a function that is told how many of `total` are done. Writes to standard error, so that results stay clean. */
export function progressOf(what: string, total: number, stream: NodeJS.WriteStream = process.stderr): (done: number) => void {
  const start = performance.now()
  let shown = -1
  return (done) => {
    const share = total === 0 ? 1 : done / total
    const mark = Math.floor(share * (stream.isTTY ? 100 : 10))
    if (mark === shown) return
    shown = mark
    const line = `${what} ${done} of ${total}, ${((performance.now() - start) / 1000).toFixed(1)} s`
    if (!stream.isTTY) return void stream.write(`${line}\n`)
    const cells = Math.round(share * 24)
    stream.write(`\r[${'█'.repeat(cells)}${' '.repeat(24 - cells)}] ${line}\u001B[K${done === total ? '\n' : ''}`)
  }
}
