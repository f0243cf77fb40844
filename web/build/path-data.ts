/** Reads the shapes of a flat SVG drawing as the data of a single path. */

type Shape = Record<string, string>

const number = (shape: Shape, name: string) => Number(shape[name] ?? 0)

const ring = (cx: number, cy: number, rx: number, ry: number) =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${rx * 2} 0a${rx} ${ry} 0 1 0 ${-rx * 2} 0Z`

function box(shape: Shape): string {
  const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => number(shape, name)) as [number, number, number, number]
  const r = number(shape, shape['rx'] === undefined ? 'ry' : 'rx')
  if (r === 0) return `M${x} ${y}h${w}v${h}h${-w}Z`
  const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${w - 2 * r}${turn(r, r)}v${h - 2 * r}${turn(-r, r)}h${2 * r - w}${turn(-r, -r)}v${2 * r - h}${turn(r, -r)}Z`
}

const drawings: Record<string, (shape: Shape) => string> = {
  // Each path begins where it says, not where the one before it ended.
  path: (s) => `M0 0${s['d'] ?? ''}`,
  circle: (s) => ring(number(s, 'cx'), number(s, 'cy'), number(s, 'r'), number(s, 'r')),
  ellipse: (s) => ring(number(s, 'cx'), number(s, 'cy'), number(s, 'rx'), number(s, 'ry')),
  line: (s) => `M${number(s, 'x1')} ${number(s, 'y1')}L${number(s, 'x2')} ${number(s, 'y2')}`,
  rect: box,
  polyline: (s) => `M${s['points']}`,
  polygon: (s) => `M${s['points']}Z`,
}

/** Path data of every shape in `svg`, in order. Throws on a shape it does not know, rather than drawing an icon with a part missing. */
export function pathData(svg: string): string {
  const inside = svg.slice(svg.indexOf('<svg') + 4)
  return [...inside.matchAll(/<(\w+)\s([^>]*?)\/>/g)]
    .map(([, tag = '', attributes = '']) => {
      const draw = drawings[tag]
      if (!draw) throw new Error(`An icon has a <${tag}>, which cannot be read as a path`)
      return draw(Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])))
    })
    .join('')
}
