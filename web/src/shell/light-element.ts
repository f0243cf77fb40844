/** A part of the shell: it draws into the document's own tree, whose sheets the first picture already uses. */
import { LitElement } from 'lit'

export class LightElement extends LitElement {
  protected override createRenderRoot() {
    return this
  }
}
