/** What every form control of the kit shares: label, hint, error and value in one shadow root, and a seat in its form. */
import { LitElement, css, html, nothing } from 'lit'
import { property } from 'lit/decorators.js'
import { kit } from '../styles/shared.ts'
import './ui-icon.ts'

export abstract class Control extends LitElement {
  static readonly formAssociated = true
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [
    ...kit,
    css`
      :host {
        display: block;
        min-width: 0;
        max-width: 26rem;
      }
      :host([wide]) {
        max-width: none;
      }
      .field {
        max-width: none;
      }
      .optional {
        font-weight: var(--w-text);
        color: var(--ink-3);
      }
    `,
  ]

  @property() label = ''
  /** The label is read aloud but not shown, because something visible says the same. */
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false
  @property() name = ''
  @property() value = ''
  @property() hint = ''
  /** What is wrong, as a sentence; empty when nothing is. */
  @property() error = ''
  @property({ type: Boolean }) optional = false
  @property({ type: Boolean, reflect: true }) disabled = false

  protected readonly internals = this.attachInternals()

  /** The form that it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form
  }

  formDisabledCallback(disabled: boolean) {
    this.disabled = disabled
  }

  protected override willUpdate() {
    this.internals.setFormValue(this.value)
  }

  /** Takes a new value from the reader and tells the owner. */
  protected take(value: string, event: Event) {
    this.value = value
    // `input` crosses the shadow root by itself, `change` does not.
    if (event.type === 'change') this.dispatchEvent(new Event('change', { bubbles: true, composed: true }))
  }

  protected get describedBy() {
    return this.error ? 'error' : this.hint ? 'hint' : nothing
  }

  protected frame(control: unknown) {
    return html`<div class="field">
      <label for="control" class=${this.labelHidden ? 'vh' : ''}
        >${this.label}${this.optional ? html` <span class="optional">optional</span>` : nothing}</label
      >
      ${control} ${this.error ? html`<p class="error" id="error"><ui-icon name="bad"></ui-icon><span>${this.error}</span></p>` : nothing}
      ${this.hint && !this.error ? html`<p class="hint" id="hint">${this.hint}</p>` : nothing}
    </div>`
  }
}
