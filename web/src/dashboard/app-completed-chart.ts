/** Tasks completed per day over four weeks: bars on a base line, weeks as ticks, the same in words for those who do not see it. */
import { LitElement, css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type uPlot from 'uplot'
import uplotText from 'uplot/dist/uPlot.min.css?inline'
import figuresText from '../styles/figures.css?inline'
import { base } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import { dayOf, dayWords, today } from '../ui/times.ts'
import { columns, weeks, type Column, type DayCount } from './weeks.ts'

const heightPx = 136
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

@customElement('app-completed-chart')
export class CompletedChart extends LitElement {
  static override styles = [
    base,
    sheet(uplotText),
    sheet(figuresText),
    css`
      :host {
        display: block;
      }
      .plot {
        height: 136px;
        margin: 0;
      }
      .pointed {
        position: absolute;
        inset: 0 1.5rem auto auto;
        padding: 0 var(--s2);
        background: var(--paper);
        color: var(--ink-2);
        font-size: var(--t12);
        line-height: var(--l12);
        font-variant-numeric: tabular-nums;
      }
    `,
  ]
  @property({ attribute: false }) days: readonly DayCount[] = []
  @state() private pointed: number | null = null
  @query('.plot') private plot!: HTMLElement

  #drawing: uPlot | undefined
  #size = new ResizeObserver(() => this.#drawing?.setSize({ width: this.plot.clientWidth, height: heightPx }))
  #again = () => void this.#draw()

  override connectedCallback() {
    super.connectedCallback()
    addEventListener('theme-change', this.#again)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#again)
    if (this.hasUpdated) this.#size.observe(this.plot)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    removeEventListener('theme-change', this.#again)
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.#again)
    this.#size.disconnect()
    this.#drawing?.destroy()
    this.#drawing = undefined
  }

  override render() {
    const all = columns(this.days)
    const column = this.pointed === null ? undefined : all[this.pointed]
    return html`<figure class="chart">
      <div class="plot" role="img" aria-label=${inWords(all)}></div>
      ${column && column.count !== null ? html`<span class="pointed" aria-hidden="true">${dayWords(column.day)}: ${column.count}</span>` : nothing}
      <ol class="weeks">
        ${weeks(all).map(({ begins, done, isNow }) => html`<li><b>${done} ${isNow ? 'so far' : 'done'}</b>${short.format(dayOf(begins))}</li>`)}
      </ol>
    </figure>`
  }

  protected override firstUpdated() {
    this.#size.observe(this.plot)
  }

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has('days')) void this.#draw()
  }

  async #draw() {
    const { drawBars } = await import('./bar-chart.ts')
    if (!this.isConnected) return
    const all = columns(this.days)
    const style = getComputedStyle(this)
    const colour = (name: string) => this.#colour(name)
    this.#drawing?.destroy()
    this.#drawing = drawBars(this.plot, {
      values: all.map(({ count }) => count),
      now: all.findIndex(({ day }) => day === today()),
      width: this.plot.clientWidth,
      height: heightPx,
      colours: {
        bar: colour('--edge'),
        now: colour('--accent'),
        ahead: colour('--line-2'),
        line: colour('--line'),
        base: colour('--ink-3'),
        words: colour('--ink-3'),
      },
      font: `12px ${style.fontFamily}`,
      pointed: (index) => (this.pointed = index),
    })
  }

  // A canvas does not understand light-dark(): ask the browser what the token means here and now.
  #colour(name: string): string {
    this.plot.style.setProperty('color', `var(${name})`)
    const { color } = getComputedStyle(this.plot)
    this.plot.style.removeProperty('color')
    return color
  }
}

/** The chart as a sentence. */
function inWords(all: readonly Column[]): string {
  const known = all.filter((column) => column.count !== null)
  const most = known.reduce((best, column) => ((column.count ?? 0) > (best?.count ?? -1) ? column : best), known[0])
  if (!most?.count) return 'Tasks completed per day in the last four weeks: none.'
  return `Tasks completed per day in the last four weeks. Most: ${most.count} on ${short.format(dayOf(most.day))}; ${known.at(-1)?.count ?? 0} so far today.`
}

declare global {
  interface HTMLElementTagNameMap {
    'app-completed-chart': CompletedChart
  }
}
