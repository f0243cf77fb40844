/** Puts a template on the page and waits until it stands. */
import { render, type LitElement, type TemplateResult } from 'lit'

const settled = async (root: ParentNode): Promise<void> => {
  for (const element of root.querySelectorAll<LitElement>('*')) {
    await element.updateComplete
    if (element.shadowRoot) await settled(element.shadowRoot)
  }
}

/** The first element of `template`, updated with everything in it. */
export async function show<Kind extends Element = HTMLElement>(template: TemplateResult): Promise<Kind> {
  const place = document.createElement('main')
  document.body.append(place)
  render(template, place)
  await settled(place)
  return place.firstElementChild as Kind
}

type Kind<Wanted> = abstract new (...args: never[]) => Wanted

/** The first match in the shadow root of `host`, else below it; fails loudly when there is none of that kind. */
export function inside<Wanted extends Element>(host: Element, selector: string, kind: Kind<Wanted>): Wanted {
  const found = host.shadowRoot?.querySelector(selector) ?? host.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(`<${host.localName}> has no ${selector} of that kind`)
  return found
}

/** The words of every match in the shadow root of `host`. */
export const texts = (host: Element, selector: string): string[] =>
  [...(host.shadowRoot?.querySelectorAll(selector) ?? [])].map((element) => element.textContent.trim())

/** Waits for the first event of a kind, at most a second. */
export const next = <Kind extends Event>(target: EventTarget, type: string): Promise<Kind> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No ${type} came`)), 1_000)
    target.addEventListener(
      type,
      (event) => {
        clearTimeout(late)
        resolve(event as Kind)
      },
      { once: true },
    )
  })
