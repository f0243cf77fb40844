/** How an organization is doing: counts, completed tasks per day, what happened, which projects are busy. */
import { consume } from '@lit/context'
import type { Activity, Organization, OrganizationStats } from '@mortise/shared/organizations'
import { LitElement, css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { api } from '../api.ts'
import { organizationContext, personContext } from '../contexts.ts'
import { Query } from '../controllers/query.ts'
import { may } from '../permission.ts'
import { membersPath, projectPath, projectsPath } from '../places.ts'
import type { Person } from '../session.ts'
import figuresText from '../styles/figures.css?inline'
import logText from '../styles/log.css?inline'
import { page } from '../styles/shared.ts'
import { sheet } from '../styles/sheet.ts'
import workText from '../styles/work.css?inline'
import { clockTime, dayWords, exactly, today } from '../ui/times.ts'
import { activitySentence } from './activity.ts'
import { oldest, pace, summary } from './summary.ts'
import './app-completed-chart.ts'
import '../ui/ui-empty.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-rule.ts'

const heading = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

@customElement('app-dashboard-page')
export class DashboardPage extends LitElement {
  static override styles = [
    ...page,
    sheet(figuresText),
    sheet(logText),
    sheet(workText),
    css`
      .waiting {
        min-height: 40rem;
      }
    `,
  ]

  @property() org = ''
  @consume({ context: personContext, subscribe: true }) person: Person | null = null
  @consume({ context: organizationContext, subscribe: true }) organization: Organization | null = null

  #stats = new Query(this, (signal) => api.organizations.stats.query({ org: this.org }, { signal }), {
    isEmpty: ({ projects }) => projects === 0,
  }).follow('*')

  override render() {
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">${heading.format()}</h1>
          <p>${this.#stats.value ? summary(this.#stats.value) : '\u00a0'}</p>
        </div>
        ${this.#stats.value?.projects && this.#mayAdd ? html`<div class="row"><a class="btn" href="${projectsPath(this.org)}?create">${icon('plus')}Add project</a></div>` : nothing}
      </div>
      ${this.#stats.render({
        pending: () => html`<ui-skeleton class="waiting" label="Loading the dashboard" rows="8"></ui-skeleton>`,
        empty: () => this.#start(),
        complete: (stats) => this.#all(stats),
      })}`
  }

  get #mayAdd(): boolean {
    return may(this.organization, 'project:write')
  }

  #start() {
    const add = html`<a slot="action" class="btn primary" href="${projectsPath(this.org)}?create">${icon('plus')}Add the first project</a>`
    const invite = html`<a slot="action" class="btn quiet" href=${membersPath(this.org)}>Invite somebody</a>`
    return html`<ui-empty heading="Start with one project">
      A project holds the tasks of one piece of work. Everyone in ${this.organization?.name ?? 'the organization'} sees it, and sees it
      change. ${this.#mayAdd ? add : nothing}${may(this.organization, 'invitation:manage') ? invite : nothing}
    </ui-empty>`
  }

  #all(stats: OrganizationStats) {
    return html`${this.#figures(stats)}
      <div class="cols">
        <div>
          <section class="section" aria-labelledby="done">
            <div class="section-head">
              <h2 id="done">Completed per day</h2>
              <span class="t13 muted">The last four weeks</span>
            </div>
            <app-completed-chart .days=${stats.completedPerDay}></app-completed-chart>
          </section>
          <section class="section" aria-labelledby="activity">
            <div class="section-head"><h2 id="activity">Recent activity</h2></div>
            ${this.#activity(stats.recentActivity)}
          </section>
        </div>
        <section class="section" aria-labelledby="work">
          <div class="section-head">
            <h2 id="work">Projects</h2>
            <a class="t13" href=${projectsPath(this.org)}>Open all</a>
          </div>
          <ul class="work">
            ${stats.busiestProjects.map(
              ({ id, name, openTasks, doneTasks }) =>
                html`<li>
                  <a href=${projectPath(this.org, id)}>${name}</a>
                  <div>
                    <ui-rule .done=${doneTasks} .of=${openTasks + doneTasks}></ui-rule
                    ><span>${openTasks + doneTasks === 0 ? 'No tasks yet' : `${doneTasks} of ${openTasks + doneTasks}`}</span>
                  </div>
                </li>`,
            )}
          </ul>
        </section>
      </div>`
  }

  #figures(stats: OrganizationStats) {
    const figure = (word: string, count: number, more: string) =>
      html`<div>
        <dt>${word}</dt>
        <dd>${count.toLocaleString()}</dd>
        <dd>${more}</dd>
      </div>`
    return html`<dl class="figures">
      ${figure('Open tasks', stats.openTasks, stats.projects === 1 ? 'In 1 project' : `In ${stats.projects} projects`)}
      ${figure('Due this week', stats.dueThisWeek, stats.dueToday > 0 ? `${stats.dueToday} today` : 'None today')}
      ${figure('Late', stats.late, oldest(stats.oldestLateOn, today()))}
      ${figure('Done in 30 days', stats.doneIn30Days, pace(stats.completedPerDay))}
    </dl>`
  }

  #activity(all: Activity[]) {
    if (all.length === 0) return html`<p class="soft lede">Nothing has happened yet.</p>`
    return [...byDay(all)].map(
      ([day, lines]) =>
        html`<h3 class="day">${dayWords(day)}</h3>
          <ol class="log">
            ${lines.map((line) => html`<li><time datetime=${line.at} title=${exactly(new Date(line.at))}>${clockTime(new Date(line.at))}</time>${activitySentence(line, this.person?.id, this.org)}</li>`)}
          </ol>`,
    )
  }
}

const icon = (name: 'plus') => html`<ui-icon name=${name}></ui-icon>`

function byDay(all: Activity[]): Map<string, Activity[]> {
  const days = new Map<string, Activity[]>()
  for (const line of all) {
    const day = today(new Date(line.at))
    days.set(day, [...(days.get(day) ?? []), line])
  }
  return days
}

declare global {
  interface HTMLElementTagNameMap {
    'app-dashboard-page': DashboardPage
  }
}
