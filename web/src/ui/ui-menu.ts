/** A sheet of links and buttons that floats from a button: `<button popovertarget="m">` and `<ui-menu id="m">` in the same root. */
import { LitElement, html, nothing, render } from 'lit'
import { customElement, property } from 'lit/decorators.js'

const items = 'a[href], button:not([disabled])'

@customElement('ui-menu')
export class UiMenu extends LitElement {
  /** Grows from the button's end to the left. */
  @property({ type: Boolean, attribute: 'from-end', reflect: true }) fromEnd = false
  /** Opens upwards. */
  @property({ type: Boolean, reflect: true }) up = false
  @property() label = ''
  /** What stands in it, where there are many menus: made when it is opened, gone when it closes. */
  @property({ attribute: false }) content: (() => unknown) | undefined

  override connectedCallback() {
    super.connectedCallback()
    this.popover = 'auto'
    this.setAttribute('role', 'group')
    this.addEventListener('beforetoggle', this.#fill)
    this.addEventListener('toggle', this.#toggled)
    this.addEventListener('keydown', this.#key)
    this.addEventListener('click', this.#chosen)
  }

  protected override updated() {
    if (this.label) this.setAttribute('aria-label', this.label)
    if (this.content && this.matches(':popover-open')) render(this.content(), this)
  }

  override render() {
    return html`<slot></slot>`
  }

  #items = () => [...this.querySelectorAll<HTMLElement>(items)]

  #fill = (event: ToggleEvent) => {
    if (this.content && event.newState === 'open') render(this.content(), this)
  }

  #toggled = (event: ToggleEvent) => {
    if (event.newState !== 'open') return this.#clear()
    if (!CSS.supports('position-area', 'bottom')) this.#place()
    this.#items()[0]?.focus()
  }

  #clear() {
    if (this.content) render(nothing, this)
  }

  #chosen = (event: Event) => {
    if ((event.target as Element).closest(items)) this.hidePopover()
  }

  #key = (event: KeyboardEvent) => {
    const all = this.#items()
    const at = all.findIndex((item) => item.matches(':focus'))
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    all.at(next % all.length)?.focus()
  }

  // Browsers without anchor positioning: put the sheet beside its button, inside the window.
  #place() {
    const button = (this.getRootNode() as ParentNode).querySelector(`[popovertarget="${CSS.escape(this.id)}"]`)
    if (!button) return
    const from = button.getBoundingClientRect()
    const { width, height } = this.getBoundingClientRect()
    const left = this.fromEnd ? from.right - width : from.left
    const top = this.up || from.bottom + height > innerHeight ? from.top - height - 4 : from.bottom + 4
    this.style.setProperty('left', `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`)
    this.style.setProperty('top', `${Math.max(8, top)}px`)
    this.style.setProperty('margin', '0')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-menu': UiMenu
  }
}
