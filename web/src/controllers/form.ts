/** A form that checks itself with the shared schema on blur and on submit, shows what is wrong where it is wrong, and survives a lost session. */
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit'
import { ref, createRef } from 'lit/directives/ref.js'
import type { ZodType, input, output } from 'zod'
import { problem } from '../messages.ts'
import { problemOf } from '../problem.ts'
import { session } from '../session.ts'
import type { Control } from '../ui/control.ts'
import { dropDraft, keepDraft, takeDraft } from './draft.ts'
import { bindField } from './field-directive.ts'
import { firstComplaints } from './validation.ts'

type Values = Record<string, unknown>

type Options<Schema extends ZodType> = {
  schema: Schema
  /** What the form starts from, and what the schema needs beside the fields (ids, version). */
  values: () => Partial<input<Schema>>
  /** Sends it. Rejects with the server's refusal: fields are marked from its issues, the rest is shown above the form. */
  submit: (value: output<Schema>) => Promise<unknown>
}

export class Form<Schema extends ZodType> implements ReactiveController {
  pending = false
  #values: Values = {}
  #touched = new Set<string>()
  #errors = new Map<string, string>()
  #fields = new Map<string, Control>()
  #failure: unknown
  #wasRefused = false
  #summary = createRef<HTMLElement>()

  /** `name` tells forms of one page apart when a draft is kept. */
  constructor(
    private readonly host: LitElement,
    readonly name: string,
    private readonly options: Options<Schema>,
  ) {
    host.addController(this)
  }

  /** Binds a control: `<ui-field label="Name" ${form.field('name')}></ui-field>`. An optional field left empty is not sent. */
  field = (name: string, { optional = false } = {}) => bindField(this, name, optional)

  /** What a field holds now. */
  value = (name: string): unknown => (this.#touched.has(name) ? this.#values[name] : (this.options.values() as Values)[name])

  /** The same as a control shows it. */
  text = (name: string): string => {
    const value = this.value(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }

  errorOf = (name: string): string => this.#errors.get(name) ?? ''

  /** Takes a value that does not come from a bound control. */
  set(name: string, value: unknown) {
    this.#touched.add(name)
    this.#values[name] = value
    this.host.requestUpdate()
  }

  /** Whether the reader changed anything. */
  get isChanged(): boolean {
    return this.#touched.size > 0
  }

  /** Back to the beginning. */
  reset() {
    this.#values = {}
    this.#touched.clear()
    this.#errors.clear()
    this.#failure = undefined
    this.#wasRefused = false
    dropDraft(this.name)
    this.host.requestUpdate()
  }

  /** The submit listener of the `<form novalidate>`. */
  submit = async (event?: Event): Promise<void> => {
    event?.preventDefault()
    if (this.pending) return
    this.#failure = undefined
    const parsed = this.options.schema.safeParse(this.#all())
    this.#errors = parsed.success ? new Map() : firstComplaints(parsed.error.issues)
    if (!parsed.success) return this.#refuse()
    await this.#send(parsed.data)
  }

  /** What is wrong, above the fields: links to them, and what the server said about the whole. */
  summary(): TemplateResult | typeof nothing {
    if (this.#failure !== undefined) return problem(this.#failure, () => this.submit())
    if (!this.#wasRefused || this.#errors.size < 2) return nothing
    return html`<div class="note bad" role="alert" tabindex="-1" ${ref(this.#summary)}>
      <ui-icon name="bad"></ui-icon>
      <div>
        <p><b>${this.#errors.size} fields need a change.</b></p>
        <ul class="counted">
          ${[...this.#errors].map(([name, error]) => html`<li><a href="#" @click=${(event: Event) => this.#goTo(event, name)}>${this.#labelOf(name)}</a>: ${error}</li>`)}
        </ul>
      </div>
    </div>`
  }

  /** Called by the binding. */
  attach(name: string, control: Control) {
    this.#fields.set(name, control)
  }

  /** Called by the binding when the reader leaves a field: checks it, unless nothing was done to it. */
  check(name: string) {
    if (!this.#touched.has(name) && !this.#errors.has(name)) return
    const parsed = this.options.schema.safeParse(this.#all())
    const complaint = parsed.success ? undefined : firstComplaints(parsed.error.issues).get(name)
    if (complaint) this.#errors.set(name, complaint)
    else this.#errors.delete(name)
    this.host.requestUpdate()
  }

  hostConnected() {
    const draft = takeDraft(this.name)
    for (const [name, value] of Object.entries(draft ?? {})) this.set(name, value)
    session.addEventListener('change', this.#keep)
  }

  hostDisconnected() {
    session.removeEventListener('change', this.#keep)
  }

  #keep = () => {
    if (session.state === 'lost' && this.isChanged) keepDraft(this.name, this.#values)
  }

  #all(): Values {
    const all: Values = { ...(this.options.values() as Values), ...this.#values }
    for (const [name, control] of this.#fields) if (control.optional && all[name] === '') delete all[name]
    return all
  }

  async #send(value: output<Schema>): Promise<void> {
    this.#busy(true)
    try {
      await this.options.submit(value)
      this.reset()
    } catch (error) {
      this.#mark(error)
    } finally {
      this.#busy(false)
    }
  }

  #mark(error: unknown) {
    const { code, issues } = problemOf(error)
    const known = issues.filter(({ path }) => this.#fields.has(path))
    this.#errors = new Map(known.map(({ path, message }) => [path, message]))
    if (code === 'SLUG_TAKEN' && this.#fields.has('slug')) this.#errors.set('slug', 'This address is taken. Choose another one.')
    if (this.#errors.size === 0) this.#failure = error
    else this.#refuse()
  }

  #refuse() {
    this.#wasRefused = true
    this.host.requestUpdate()
    void this.host.updateComplete.then(() => {
      const first = [...this.#errors.keys()][0] ?? ''
      if (this.#summary.value) this.#summary.value.focus()
      else this.#fields.get(first)?.focus()
    })
  }

  #busy(pending: boolean) {
    this.pending = pending
    this.host.requestUpdate()
  }

  #goTo(event: Event, name: string) {
    event.preventDefault()
    this.#fields.get(name)?.focus()
  }

  #labelOf = (name: string): string => this.#fields.get(name)?.label ?? name
}
