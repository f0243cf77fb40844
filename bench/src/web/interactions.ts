/** What people do all day, in the order of one visit: how it begins, what is pressed, and what they wait for. */
import type { Page } from 'playwright-core'
import type { Target } from './measure.ts'
import { addedTitle, type Stage, type StagedProject, type StagedTask } from './stage.ts'

export type Interaction = {
  name: string
  /** Which budget holds until it stands: `page` waits for the server, the others show what is known at once. */
  kind: 'page' | 'here'
  target: Target
  press: Press
  /** Brings the page there; not measured. */
  before?: (page: Page) => Promise<unknown>
  /** Leaves the page as the next one needs it; not measured. */
  after?: (page: Page) => Promise<unknown>
}

/** A key, or what the pointer stands on already when its button goes down. */
export type Press = { key: string } | { on: string }

const page = 'app-project-page'
const list = `${page} >>> app-task-list`
const panel = `${page} >>> app-task-panel`
const key = (name: string) => (at: Page) => at.keyboard.press(name)
const row = ({ id }: StagedTask) => `li[data-row="${id}"]`

/** Through the shell: from the demo organization to the project. */
export const ways = ({ slug, projects: [small, large] }: Stage, { id, name }: StagedProject): Interaction[] => [
  {
    name: 'Open the menu of organizations',
    kind: 'here',
    target: { path: 'ui-menu#organizations:popover-open a' },
    press: { on: '.rail .org' },
  },
  {
    name: 'Open an organization',
    kind: 'page',
    target: { path: 'app-dashboard-page >>> .work a', text: large?.name },
    press: { on: `ui-menu#organizations a[href="/orgs/${slug}"]` },
  },
  {
    name: 'Open projects',
    kind: 'page',
    target: { path: 'app-projects-page >>> tbody tr', text: small?.name },
    press: { on: '.rail a[href$="/projects"]' },
  },
  {
    name: 'Open a project',
    kind: 'page',
    target: { path: `${list} >>> li[data-row] .title a` },
    press: { on: `app-projects-page tbody a[href$="${id}"]:has-text("${name}")` },
  },
]

/** On the page of a project. Each leaves the tasks as it found them, except the last, whose task is taken away afterwards. */
export function deeds({ tasks }: StagedProject): Interaction[] {
  const inDoing = tasks.filter(({ status }) => status === 'doing')
  const [first, second, third, fourth] = inDoing as [StagedTask, StagedTask, StagedTask, StagedTask]
  const focusOn = (task: StagedTask) => (at: Page) => at.locator(`${row(task)} .title a`).focus()
  const words = (at: Page) => at.getByRole('searchbox', { name: 'Filter by words' })
  return [
    {
      name: 'Open a task, with all of it',
      kind: 'here',
      target: { path: `${panel} >>> h2` },
      press: { on: `${row(second)} .title a` },
    },
    { name: 'Next task', kind: 'here', target: { path: `${panel} >>> h1`, text: third.title }, press: { key: 'j' } },
    {
      name: 'Change its status in the panel',
      kind: 'here',
      target: { path: `${panel} >>> .panel-title ui-glyph[status=done]` },
      press: { on: `app-task-panel .panel-title .glyph-btn` },
    },
    { name: 'Undo that', kind: 'here', target: { path: `${panel} >>> .panel-title ui-glyph[status=doing]` }, press: { key: 'z' } },
    { name: 'Close the task', kind: 'here', target: { path: panel, isGone: true }, press: { key: 'Escape' } },
    {
      name: 'Change a status in the list',
      kind: 'here',
      target: { path: `${list} >>> ${row(first)} ui-glyph[status=done]` },
      press: { on: `${row(first)} .glyph-btn` },
    },
    {
      name: 'Undo that in the list',
      kind: 'here',
      target: { path: `${list} >>> ${row(first)} ui-glyph[status=doing]` },
      press: { key: 'z' },
    },
    {
      name: 'Walk to the next row',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} a:focus` },
      press: { key: 'ArrowDown' },
      before: focusOn(first),
    },
    {
      name: 'Move a task by keyboard',
      kind: 'here',
      target: { path: `${list} >>> ${row(third)} + ${row(second)}` },
      press: { key: 'Alt+ArrowDown' },
    },
    {
      name: 'Move it back',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} + ${row(third)}` },
      press: { key: 'Alt+ArrowUp' },
    },
    { name: 'Edit a task in place', kind: 'here', target: { path: `${list} >>> .is-edit input:focus` }, press: { key: 'e' } },
    {
      name: 'Save its title',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} .title a`, text: 'anew' },
      before: (at) => at.locator('.is-edit input[name=title]').fill(`${second.title} anew`),
      press: { key: 'Enter' },
    },
    {
      name: 'Undo the title',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} .title a`, text: 'anew', isGone: true },
      press: { key: 'z' },
    },
    {
      name: 'Open the menu of a task',
      kind: 'here',
      target: { path: `${list} >>> ui-menu#row-menu:popover-open button` },
      press: { on: `${row(fourth)} .more` },
      after: key('Escape'),
    },
    {
      name: 'Select a task',
      kind: 'here',
      target: { path: `${list} >>> app-bulk-bar >>> button` },
      before: focusOn(third),
      press: { key: 'x' },
      after: key('Escape'),
    },
    {
      name: 'Type in the filter',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)}`, isGone: true },
      before: (at) => words(at).fill('bay '),
      press: { key: '1' },
    },
    {
      name: 'Take a letter away',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)}` },
      press: { key: 'Backspace' },
      after: (at) => words(at).fill(''),
    },
    {
      name: 'Switch the theme',
      kind: 'here',
      target: { path: 'html[data-theme=dark]' },
      press: { on: '.top button[aria-label^="Switch between"]' },
      after: (at) => at.locator('.top button[aria-label^="Switch between"]').click(),
    },
    {
      name: 'Open the palette',
      kind: 'here',
      target: { path: 'app-palette >>> [role=option]' },
      press: { key: 'Control+K' },
    },
    {
      name: 'Type in the palette',
      kind: 'here',
      target: { path: 'app-palette >>> [role=option]', text: 'Dashboard', isGone: true },
      press: { key: 't' },
      after: key('Escape'),
    },
    { name: 'Open the help', kind: 'here', target: { path: 'app-help >>> dt' }, press: { key: '?' }, after: key('Escape') },
    { name: 'Open the line for a new task', kind: 'here', target: { path: `${list} >>> .is-add input:focus` }, press: { key: 'n' } },
    {
      name: 'Add a task',
      kind: 'here',
      target: { path: `${list} >>> .title`, text: addedTitle },
      before: (at) => at.locator('.is-add input').first().fill(addedTitle),
      press: { key: 'Enter' },
      after: key('Escape'),
    },
    {
      name: 'Back to the projects',
      kind: 'page',
      target: { path: 'app-projects-page >>> tbody tr' },
      press: { on: '.rail a[href$="/projects"]' },
    },
  ]
}
