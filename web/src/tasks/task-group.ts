/** The tasks of one status, under a heading that stays in sight while they are scrolled. */
import type { TaskStatus } from '@mortise/shared/tasks'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { statusWord } from '../ui/ui-glyph.ts'
import { headAnchor, type Row } from './rows.ts'
import '../ui/ui-glyph.ts'
import '../ui/ui-icon.ts'

type View = {
  /** Those of its rows that are drawn so far. */
  drawn: readonly Row[]
  row: (row: Row) => unknown
  /** The line for new tasks, where it is open. */
  line: TemplateResult | undefined
  /** Opens that line; the reader may not without it. */
  add: (() => unknown) | undefined
  /** A dragged task would be its first. */
  isInto: boolean
  over: (event: DragEvent) => void
}

export function taskGroup(group: TaskStatus, rows: readonly Row[], { drawn, row, line, add, isInto, over }: View): TemplateResult {
  const plus = html`<button class="btn quiet only small push" type="button" aria-label="Add a task to ${statusWord[group]}" @click=${add}>
    <ui-icon name="plus"></ui-icon>
  </button>`
  return html`<section class="group" aria-labelledby="head-${group}" data-group=${group} @dragover=${over}>
    <div class="group-head" data-anchor=${headAnchor(group)}>
      <ui-glyph status=${group} aria-hidden="true"></ui-glyph>
      <h2 id="head-${group}">${statusWord[group]}</h2>
      <span class="num t13">${rows.length}</span>${add ? plus : nothing}
    </div>
    <ul class=${isInto ? 'drop-into' : ''}>
      ${repeat(drawn, ({ id }) => id, row)}${line ?? nothing}
    </ul>
  </section>`
}
