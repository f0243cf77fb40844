/** Making an organization; the first picture of somebody new, so it says what one is. */
import { organizationCreate } from '@mortise/shared/organizations'
import { LitElement, css, html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { api } from '../api.ts'
import { Form } from '../controllers/form.ts'
import { orgPath } from '../places.ts'
import { router } from '../router.ts'
import { page } from '../styles/shared.ts'
import '../ui/ui-field.ts'

@customElement('app-new-organization-page')
export class NewOrganizationPage extends LitElement {
  static override styles = [
    ...page,
    css`
      form {
        display: grid;
        gap: var(--s5);
        max-width: 26rem;
        margin-top: var(--s6);
      }
      h1 + p {
        margin-top: var(--s1);
      }
      .counted {
        margin-top: var(--s4);
        max-width: 26rem;
      }
      svg {
        display: block;
        width: 4rem;
        height: 4rem;
        margin: 0 0 var(--s3) -4px;
      }
      path {
        vector-effect: non-scaling-stroke;
        stroke-width: 1.25;
      }
      .block {
        fill: var(--paper);
        stroke: var(--ink-3);
      }
      .missing {
        fill: none;
        stroke: var(--edge);
        stroke-width: 1;
        stroke-dasharray: 3 3;
      }
    `,
  ]

  #form = new Form(this, 'new-organization', {
    schema: organizationCreate,
    values: () => ({ name: '' }),
    submit: async (value) => {
      const made = await api.organizations.create.mutate(value)
      await router.go(orgPath(made.slug))
    },
  })

  override render() {
    return html`<svg viewBox="0 0 16 16" aria-hidden="true">
        <path class="block" d="M3 1h10a2 2 0 0 1 2 2v9h-4V5H5v7H1V3a2 2 0 0 1 2-2Z" />
        <path class="missing" d="M6 6h4v9H6z" />
      </svg>
      <h1 tabindex="-1">Create an organization</h1>
      <p class="soft">It holds the people, projects and tasks of one team. Nobody outside of it sees what is in it.</p>
      <form novalidate @submit=${this.#form.submit}>
        ${this.#form.summary()}
        <ui-field
          label="Name"
          hint="As your team calls itself; it can be changed later."
          autocomplete="organization"
          ${this.#form.field('name')}
        ></ui-field>
        <ui-field
          label="Address"
          mono
          placeholder="made from the name"
          hint="Lower case letters, digits and single hyphens. It stands in every link."
          ${this.#form.field('slug', { optional: true })}
        ></ui-field>
        <div class="row"><button class="btn primary" type="submit" aria-busy=${this.#form.pending}>Create organization</button></div>
      </form>
      <ul class="counted t13">
        <li>You become its owner and can invite others by a link.</li>
        <li>What one person changes, the others see at once.</li>
      </ul>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-new-organization-page': NewOrganizationPage
  }
}
