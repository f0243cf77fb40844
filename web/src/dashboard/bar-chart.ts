/** Bars on a canvas by uPlot: loaded only when a chart is shown. Sizes and colours come from the element's own custom properties. */
import uPlot from 'uplot'

export type Bars = {
  /** null draws a mark on the base line: a day to come. */
  values: (number | null)[]
  /** The bar that is drawn in the accent. */
  now: number
  width: number
  height: number
  colours: { bar: string; now: string; ahead: string; line: string; base: string; words: string }
  font: string
  /** The bar under the pointer, or null. */
  pointed: (index: number | null) => void
}

const axisPx = 24

/** A round upper end and the two lines of the grid. */
export function scaleFor(values: readonly (number | null)[]): { top: number; lines: [number, number] } {
  const most = Math.max(2, ...values.map((value) => value ?? 0))
  const step =
    [1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 500, 1000, 5000, 10_000].find((size) => size * 2.4 >= most) ??
    Math.ceil(most / 2)
  return { top: Math.max(most, step * 2.4), lines: [step, step * 2] }
}

/** Draws into `place`. Answers the drawing, to resize or destroy it. */
export function drawBars(place: HTMLElement, { values, now, width, height, colours, font, pointed }: Bars): uPlot {
  const { top, lines } = scaleFor(values)
  const fills = values.map((value, at) => (value === null ? colours.ahead : at === now ? colours.now : colours.bar))
  const bars = uPlot.paths.bars?.({
    size: [0.5, 8],
    align: 0,
    disp: { fill: { unit: 3, values: () => fills }, stroke: { unit: 3, values: () => fills } },
  })
  const options: uPlot.Options = {
    width,
    height,
    padding: [8, 0, 1, 0],
    legend: { show: false },
    cursor: { x: false, y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
    scales: { x: { time: false, range: [-0.5, values.length - 0.5] }, y: { range: [0, top] } },
    axes: [
      { show: false },
      {
        side: 1,
        size: axisPx,
        gap: 4,
        font,
        stroke: colours.words,
        splits: () => lines,
        values: (_, splits) => splits.map(String),
        grid: { stroke: colours.line, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [{}, { paths: bars, fill: colours.bar, stroke: colours.bar, width: 0, points: { show: false } }],
    hooks: { draw: [(chart) => baseLine(chart, colours.base)], setCursor: [(chart) => pointed(chart.cursor.idx ?? null)] },
  }
  const heights = values.map((value) => value ?? top / 90)
  return new uPlot(options, [values.map((_, at) => at), heights], place)
}

function baseLine({ ctx, bbox }: uPlot, colour: string) {
  const y = Math.round(bbox.top + bbox.height) + 0.5 * devicePixelRatio
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}
