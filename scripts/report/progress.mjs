/** Says what is going on: one line per long step, with the seconds running where a terminal can show them. */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * Runs `work` as a step called `label` ("Building the server"). On a terminal the line shows the seconds and ends with
 * the total; elsewhere it is written once, when the step begins. A step shorter than `afterMs` is not worth a line.
 * Goes to stderr, so that stdout carries results only.
 */
export async function step(label, work, { afterMs = 400, out = process.stderr } = {}) {
  const started = performance.now()
  let frame = 0
  let shown = false
  const draw = (mark) => out.write(`\r\x1b[2K${mark} ${label} ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const show = () => {
    if (out.isTTY) draw(frames[frame++ % frames.length])
    else if (!shown) out.write(`${label} ...\n`)
    shown = true
  }
  const first = setTimeout(show, afterMs)
  const ticker = out.isTTY && setInterval(() => shown && show(), 100)
  const end = (mark) => {
    clearTimeout(first)
    clearInterval(ticker)
    if (!shown || !out.isTTY) return
    draw(mark)
    out.write('\n')
  }
  try {
    const result = await work()
    end('✓')
    return result
  } catch (error) {
    end('✗')
    throw error
  }
}

/** Writes one line of news to stderr. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}
