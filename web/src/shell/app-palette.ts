/** One list for finding and doing: words in, the tenon marks what Enter takes. */
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { api } from '../api.ts'
import type { Command } from '../commands.ts'
import { Query } from '../controllers/query.ts'
import paletteText from '../styles/palette.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { DialogClosedEvent } from '../ui/events.ts'
import type { UiDialog } from '../ui/ui-dialog.ts'
import { commandHits, projectHits, type Hit, type HitGroup } from './hits.ts'
import '../ui/ui-dialog.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-kbd.ts'

const projectsAtMost = 6

@customElement('app-palette')
export class AppPalette extends LitElement {
  static override styles = [
    ...kit,
    sheet(paletteText),
    css`
      .nothing {
        padding: var(--s3) var(--s4);
        color: var(--ink-2);
      }
      .hits {
        min-height: 12rem;
      }
    `,
  ]
  @property() org = ''
  @property({ attribute: false }) commands: Command[] = []
  @state() private words = ''
  @state() private at = 0
  @query('ui-dialog') private dialog!: UiDialog

  #projects = new Query(
    this,
    (signal) => api.projects.list.query({ org: this.org, q: this.words.trim() || undefined, limit: projectsAtMost }, { signal }),
    {
      key: () => [this.org, this.words.trim()],
      when: () => this.org !== '',
    },
  )

  override render() {
    const groups = this.#groups()
    const hits = groups.flatMap((group) => group.hits)
    const taken = hits[this.at]
    return html`<ui-dialog open bare size="palette" heading="Find or do something" @ui-close=${this.#closed}>
      <div class="palette-in">
        <ui-icon name="search"></ui-icon>
        <input
          autofocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="hits"
          aria-label="Find or do something"
          aria-activedescendant=${taken?.id ?? nothing}
          placeholder="Find a project, go somewhere, do something"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          @input=${this.#typed}
          @keydown=${(event: KeyboardEvent) => this.#key(event, hits)}
        />
        <kbd>Esc</kbd>
      </div>
      <div class="hits" id="hits" role="listbox" aria-label="Results">
        ${hits.length === 0 ? html`<p class="nothing">Nothing matches “${this.words}”.</p>` : groups.map((group, at) => this.#group(group, at, taken))}
      </div>
      <div class="palette-foot">
        <span><ui-kbd keys="Up Down"></ui-kbd>choose</span><span><ui-kbd keys="Enter"></ui-kbd>take</span
        ><span><ui-kbd keys="Ctrl Enter"></ui-kbd>in a new tab</span>
        <span class="push" role="status">${hits.length} ${hits.length === 1 ? 'result' : 'results'}</span>
      </div>
    </ui-dialog>`
  }

  #group({ name, hits }: HitGroup, at: number, taken: Hit | undefined) {
    return html`<div role="group" aria-labelledby="group-${at}">
      <p class="menu-label" id="group-${at}">${name}</p>
      ${hits.map(
        (hit) =>
          html`<div
            class="hit"
            role="option"
            id=${hit.id}
            aria-selected=${hit === taken}
            @click=${(event: MouseEvent) => this.#take(hit, event.ctrlKey || event.metaKey)}
          >
            <ui-icon name=${hit.icon}></ui-icon
            ><span class="cut">${hit.label} ${hit.inside ? html`<span class="in">${hit.inside}</span>` : nothing}</span>
            ${hit === taken ? html`<ui-kbd keys="Enter"></ui-kbd>` : hit.keys ? html`<ui-kbd keys=${hit.keys}></ui-kbd>` : nothing}
          </div>`,
      )}
    </div>`
  }

  #groups(): HitGroup[] {
    const words = this.words.trim()
    const projects = projectHits(this.org, this.#projects.value?.items ?? [])
    return [...(words ? [] : projects), ...commandHits(this.commands, words), ...(words ? projects : [])]
  }

  #typed(event: Event) {
    this.words = (event.target as HTMLInputElement).value
    this.at = 0
  }

  #key(event: KeyboardEvent, hits: Hit[]) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const taken = hits[this.at]
    if (step) this.#move((this.at + step + hits.length) % Math.max(1, hits.length))
    else if (event.key === 'Enter' && taken) this.#take(taken, event.ctrlKey || event.metaKey)
    else return
    event.preventDefault()
  }

  #move(at: number) {
    this.at = at
    void this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }))
  }

  // The event of a dialog stays with its owner; this element's owner wants to know too.
  #closed() {
    this.dispatchEvent(new DialogClosedEvent())
  }

  #take(hit: Hit, isElsewhere: boolean) {
    // First closed, then done: so that focus is back where it was when the command moves it on.
    this.dialog.close()
    if (isElsewhere && hit.href) open(hit.href, '_blank', 'noopener')
    else hit.run()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-palette': AppPalette
  }
}
