/** A person as initials in a small box, as a draughtsman signs a drawing. Decoration: put the name beside it, or set `named` to have it read. */
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/** Up to two letters or digits of a name: of its first and last word (`Maarten de Wit` is MW, `guest-4821` is G4). */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-_.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
  return letters.join('').toLocaleUpperCase()
}

@customElement('ui-initials')
export class UiInitials extends LitElement {
  static override styles = css`
    :host {
      flex: none;
      display: inline-grid;
      place-items: center;
      min-width: 1.75rem;
      height: 1.25rem;
      box-sizing: border-box;
      border: var(--hair) solid var(--line-2);
      border-radius: var(--r-s);
      color: var(--ink-2);
      font-size: var(--t12);
      line-height: 1;
      font-weight: var(--w-mid);
    }
    :host([you]) {
      background: var(--accent);
      border-color: var(--accent);
      color: var(--on-accent);
    }
    :host([big]) {
      min-width: 2.25rem;
      height: 1.5rem;
      font-size: var(--t13);
    }
    :host([none]) {
      border: var(--hair) dashed var(--edge);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid ButtonBorder;
      }
    }
  `
  @property() name = ''
  /** The reader's own: the one that is filled. */
  @property({ type: Boolean, reflect: true }) you = false
  @property({ type: Boolean, reflect: true }) big = false
  /** Nobody: an empty dashed box. */
  @property({ type: Boolean, reflect: true }) none = false
  /** Read the name aloud here, because it stands nowhere else. */
  @property({ type: Boolean }) named = false

  override render() {
    const who = this.none ? 'Nobody' : this.you ? `${this.name}, you` : this.name
    return html`<span
      role=${this.named ? 'img' : nothing}
      aria-label=${this.named ? who : nothing}
      aria-hidden=${this.named ? nothing : 'true'}
      title=${this.named ? who : nothing}
      >${this.none ? '' : initialsOf(this.name)}</span
    >`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-initials': UiInitials
  }
}
