/** One field of the organization as a row that opens when it is edited: what changes, what follows, and both sides when somebody else was faster. */
import { organizationUpdate, type Organization, type OrganizationUpdate } from '@mortise/shared/organizations'
import { html, nothing, type LitElement } from 'lit'
import { api } from '../api.ts'
import { Form } from '../controllers/form.ts'
import { problemOf } from '../problem.ts'
import '../ui/ui-field.ts'
import '../ui/ui-icon.ts'

export type EditedField = 'name' | 'slug'

type Words = { label: string; hint: string; act: string; isMono: boolean; shown: (value: string) => string; follows: readonly string[] }

type Options = {
  words: Words
  /** The organization as it is now; stays current while others edit. */
  current: () => Organization | undefined
  saved: (organization: Organization) => unknown
}

export class OrganizationEdit {
  #form: Form<typeof organizationUpdate>
  /** What the edit began from. */
  #base: Organization | undefined
  /** What the server answered last; the stream brings the same a moment later. */
  #newer: Organization | undefined

  constructor(
    host: LitElement,
    private readonly field: EditedField,
    private readonly options: Options,
  ) {
    this.#form = new Form(host, field, { schema: organizationUpdate, values: () => this.#values(), submit: (value) => this.#send(value) })
  }

  render() {
    if (!this.isEdited) this.#base = this.#now
    const { label, hint, isMono } = this.options.words
    return html`<li class=${this.isEdited ? 'is-edit' : ''}>
      <form novalidate @submit=${this.#submit}>
        <div class="setting">
          <div><span class="name">${label}</span><span class="hint key">${hint}</span></div>
          <div class="val"><ui-field label=${label} label-hidden ?mono=${isMono} ${this.#form.field(this.field)}></ui-field></div>
        </div>
        ${this.isEdited ? this.#change() : nothing}
      </form>
    </li>`
  }

  get isEdited(): boolean {
    return this.#form.isChanged && this.#written !== this.#now?.[this.field]
  }

  get #written(): string {
    const value = this.#form.value(this.field)
    return typeof value === 'string' ? value.trim() : ''
  }

  get #now(): Organization | undefined {
    const current = this.options.current()
    return this.#newer && this.#newer.version > (current?.version ?? 0) ? this.#newer : current
  }

  /** The same field was changed by somebody else since this edit began. */
  get #isConflict(): boolean {
    return this.#base !== undefined && this.#now !== undefined && this.#now[this.field] !== this.#base[this.field]
  }

  #change() {
    const { act, shown, follows } = this.options.words
    if (this.#isConflict) return html`<div class="change">${this.#bothSides()}</div>`
    return html`<div class="change">
      ${this.#form.summary()}
      <span class="diff"
        ><del><span class="vh">Old </span>${shown(this.#now?.[this.field] ?? '')}</del><ui-icon name="arrowRight" small></ui-icon
        ><ins><span class="vh">New </span>${shown(this.#written)}</ins></span
      >
      ${
        follows.length > 0
          ? html`<ul class="counted">
              ${follows.map((line) => html`<li>${line}</li>`)}
            </ul>`
          : nothing
      }
      <div class="row">
        <button class="btn primary small" type="submit" aria-busy=${this.#form.pending}>${act}</button
        ><button class="btn quiet small" type="button" @click=${this.#discard}>Discard</button>
      </div>
    </div>`
  }

  #bothSides() {
    const { label, shown } = this.options.words
    const side = (heading: string, value: string, act: string, choose: () => unknown) =>
      html`<section aria-label=${heading}>
        <h3>${heading}</h3>
        <p><mark>${shown(value)}</mark></p>
        <div></div>
        <div><button class="btn small" type="button" @click=${choose}>${act}</button></div>
      </section>`
    return html`<div class="note warn" role="alert">
        <ui-icon name="warn"></ui-icon>
        <p><b>Somebody changed the ${label.toLowerCase()} while you were editing.</b> Choose which to keep.</p>
      </div>
      <div class="sides">
        ${side('Yours, not saved', this.#written, 'Keep yours', this.#keepMine)}${side('Theirs, saved', this.#now?.[this.field] ?? '', 'Keep theirs', this.#discard)}
      </div>`
  }

  #values() {
    const now = this.#now
    return { org: now?.id ?? '', version: now?.version ?? 1, [this.field]: now?.[this.field] ?? '' }
  }

  #submit = (event: Event) => {
    event.preventDefault()
    // A conflict is for the reader to decide: Enter in the field must not decide it.
    if (this.isEdited && !this.#isConflict) void this.#form.submit()
  }

  async #send(value: OrganizationUpdate): Promise<void> {
    try {
      this.#newer = await api.organizations.update.mutate(value)
    } catch (error) {
      const { code, current } = problemOf(error)
      if (code === 'VERSION_CONFLICT') this.#newer = current as Organization
      // Where only another field was changed there is nothing to choose between.
      if (code === 'VERSION_CONFLICT' && !this.#isConflict) return this.#send({ ...value, version: (current as Organization).version })
      throw error
    }
    this.options.saved(this.#newer)
  }

  #keepMine = () => {
    this.#base = this.#now
    void this.#form.submit()
  }

  #discard = () => {
    this.#form.reset()
  }
}
