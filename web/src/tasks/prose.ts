/** Reads a description as paragraphs and lists of points; everything else stays as it was written. */
import { html, type TemplateResult } from 'lit'

type Block = { isList: boolean; lines: string[] }

const point = /^\s*[-*•]\s+/u

/** Paragraphs are divided by empty lines; lines that begin with a hyphen are points. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let isFresh = true
  for (const line of text.split(/\r?\n/u)) {
    const isList = point.test(line)
    const last = blocks.at(-1)
    if (line.trim() === '') isFresh = true
    else if (!last || isFresh || last.isList !== isList) blocks.push({ isList, lines: [line.replace(point, '')] })
    else last.lines.push(line.replace(point, ''))
    if (line.trim() !== '') isFresh = false
  }
  return blocks
}

export const proseOf = (text: string): TemplateResult[] =>
  blocksOf(text).map(({ isList, lines }) =>
    isList
      ? html`<ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>`
      : html`<p>${lines.join('\n')}</p>`,
  )
