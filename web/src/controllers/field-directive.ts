/** Binds a control of the kit to a field of a form: value in, typing and leaving out. */
import { noChange } from 'lit'
import { Directive, PartType, directive, type ElementPart, type PartInfo } from 'lit/directive.js'
import type { Control } from '../ui/control.ts'
import { afterPress } from './after-press.ts'

/** What the binding needs of a form. */
export type FieldOwner = {
  text: (name: string) => string
  errorOf: (name: string) => string
  set: (name: string, value: unknown) => void
  attach: (name: string, control: Control) => void
  check: (name: string) => void
}

class FieldDirective extends Directive {
  #bound: Control | undefined

  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('A field is bound on its tag: <ui-field ${form.field("name")}>')
  }

  override update(part: ElementPart, [form, name, optional]: [FieldOwner, string, boolean]) {
    const control = part.element as Control
    control.name = name
    control.optional = optional
    control.value = form.text(name)
    control.error = form.errorOf(name)
    form.attach(name, control)
    if (this.#bound !== control) this.#listen(control, form, name)
    return noChange
  }

  override render(_form: FieldOwner, _name: string, _optional: boolean) {
    return noChange
  }

  #listen(control: Control, form: FieldOwner, name: string) {
    this.#bound = control
    const take = () => form.set(name, control.value)
    control.addEventListener('input', take)
    control.addEventListener('change', take)
    control.addEventListener('focusout', () => afterPress(() => form.check(name)))
  }
}

export const bindField = directive(FieldDirective)
