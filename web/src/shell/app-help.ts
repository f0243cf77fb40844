/** Every key and what it does, as far as it holds on this page; and the switch that turns single keys off. */
import { LitElement, css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Command } from '../commands.ts'
import { singleKeys } from '../keyboard.ts'
import keysText from '../styles/keys.css?inline'
import { kit } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { DialogClosedEvent } from '../ui/events.ts'
import '../ui/ui-dialog.ts'
import '../ui/ui-kbd.ts'

type Line = { label: string; keys: string }

/** What the browser and the parts do by themselves. */
const always: Line[] = [
  { label: 'Next or previous', keys: 'Tab' },
  { label: 'Move in a list', keys: 'Up Down' },
  { label: 'Open', keys: 'Enter' },
  { label: 'Close or cancel', keys: 'Escape' },
]

@customElement('app-help')
export class AppHelp extends LitElement {
  static override styles = [
    ...kit,
    sheet(keysText),
    css`
      h3 {
        margin: 0 0 var(--s1);
        color: var(--ink-3);
        font-size: var(--t12);
        line-height: var(--l12);
        font-weight: var(--w-text);
      }
      .help-cols .keys dt {
        min-width: 0;
      }
      .switch-row {
        margin-top: var(--s5);
      }
    `,
  ]
  @property({ attribute: false }) commands: Command[] = []
  @state() private areOn = singleKeys.areOn

  override render() {
    return html`<ui-dialog open size="wide" heading="Keyboard shortcuts" @ui-close=${this.#closed}>
      <div class="help-cols">${[...this.#groups()].map(([name, lines]) => this.#group(name, lines))}</div>
      <label class="switch-row"
        ><input class="switch" type="checkbox" role="switch" .checked=${this.areOn} @change=${this.#toggle} />Single keys work (Ctrl K
        always does)</label
      >
    </ui-dialog>`
  }

  #group(name: string, lines: Line[]) {
    return html`<section>
      <h3>${name}</h3>
      <dl class="keys">
        ${lines.map(
          ({ label, keys }) =>
            html`<div>
              <dt>${label}</dt>
              <dd><ui-kbd keys=${keys}></ui-kbd></dd>
            </div>`,
        )}
      </dl>
    </section>`
  }

  #groups(): Map<string, Line[]> {
    const groups = new Map<string, Line[]>()
    for (const { label, keys, group = 'On this page' } of this.commands) {
      if (keys) groups.set(group, [...(groups.get(group) ?? []), { label, keys }])
    }
    return groups.set('Everywhere', [...(groups.get('Everywhere') ?? []), ...always])
  }

  // The event of a dialog stays with its owner; this element's owner wants to know too.
  #closed() {
    this.dispatchEvent(new DialogClosedEvent())
  }

  #toggle(event: Event) {
    this.areOn = (event.target as HTMLInputElement).checked
    singleKeys.areOn = this.areOn
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-help': AppHelp
  }
}
