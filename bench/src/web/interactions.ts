/** What people do all day, in the order of one visit: how it begins, what is pressed, and what they wait for. */
import type { Page } from 'playwright-core'
import type { Target } from './measure.ts'
import { addedTitle, type Stage, type StagedProject, type StagedTask } from './stage.ts'

export type Interaction = {
  name: string
  /** Which budget holds until it stands: `page` waits for the server, the others show what is known at once. */
  kind: 'page' | 'here'
  target: Target
  act: (page: Page) => Promise<unknown>
  /** Brings the page there; not measured. */
  before?: (page: Page) => Promise<unknown>
  /** Leaves the page as the next one needs it; not measured. */
  after?: (page: Page) => Promise<unknown>
}

const page = 'app-project-page'
const list = `${page} >>> app-task-list`
const panel = `${page} >>> app-task-panel`
const press = (key: string) => (at: Page) => at.keyboard.press(key)
const click = (selector: string) => (at: Page) => at.locator(selector).first().click()
const row = ({ id }: StagedTask) => `li[data-row="${id}"]`

/** Through the shell: from the demo organization to the project. */
export const ways = ({ slug, projects: [small, large] }: Stage, { id, name }: StagedProject): Interaction[] => [
  {
    name: 'Open the menu of organizations',
    kind: 'here',
    target: { path: 'ui-menu#organizations:popover-open a' },
    act: click('.rail .org'),
  },
  {
    name: 'Open an organization',
    kind: 'page',
    target: { path: 'app-dashboard-page >>> .work a', text: large?.name },
    act: click(`ui-menu#organizations a[href="/orgs/${slug}"]`),
  },
  {
    name: 'Open projects',
    kind: 'page',
    target: { path: 'app-projects-page >>> tbody tr', text: small?.name },
    act: click('.rail a[href$="/projects"]'),
  },
  {
    name: 'Open a project',
    kind: 'page',
    target: { path: `${list} >>> li[data-row] .title a` },
    act: click(`app-projects-page tbody a[href$="${id}"]:has-text("${name}")`),
  },
]

/** On the page of a project. Each leaves the tasks as it found them, except the last, whose task is taken away afterwards. */
export function deeds({ tasks }: StagedProject): Interaction[] {
  const inDoing = tasks.filter(({ status }) => status === 'doing')
  const [first, second, third, fourth] = inDoing as [StagedTask, StagedTask, StagedTask, StagedTask]
  const focusOn = (task: StagedTask) => (at: Page) => at.locator(`${row(task)} .title a`).focus()
  const words = (at: Page) => at.getByRole('searchbox', { name: 'Filter by words' })
  return [
    { name: 'Open a task', kind: 'here', target: { path: `${panel} >>> h1`, text: second.title }, act: click(`${row(second)} .title a`) },
    { name: 'Next task', kind: 'here', target: { path: `${panel} >>> h1`, text: third.title }, act: press('j') },
    {
      name: 'Change its status in the panel',
      kind: 'here',
      target: { path: `${panel} >>> .panel-title ui-glyph[status=done]` },
      act: click(`app-task-panel .panel-title .glyph-btn`),
    },
    { name: 'Undo that', kind: 'here', target: { path: `${panel} >>> .panel-title ui-glyph[status=doing]` }, act: press('z') },
    { name: 'Close the task', kind: 'here', target: { path: `${panel}`, isGone: true }, act: press('Escape') },
    {
      name: 'Change a status in the list',
      kind: 'here',
      target: { path: `${list} >>> ${row(first)} ui-glyph[status=done]` },
      act: click(`${row(first)} .glyph-btn`),
    },
    { name: 'Undo that in the list', kind: 'here', target: { path: `${list} >>> ${row(first)} ui-glyph[status=doing]` }, act: press('z') },
    {
      name: 'Walk to the next row',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} a:focus` },
      act: press('ArrowDown'),
      before: focusOn(first),
    },
    {
      name: 'Move a task by keyboard',
      kind: 'here',
      target: { path: `${list} >>> ${row(third)} + ${row(second)}` },
      act: press('Alt+ArrowDown'),
    },
    {
      name: 'Move it back',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} + ${row(third)}` },
      act: press('Alt+ArrowUp'),
    },
    { name: 'Edit a task in place', kind: 'here', target: { path: `${list} >>> .is-edit input:focus` }, act: press('e') },
    {
      name: 'Save its title',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)} .title a`, text: 'anew' },
      before: (at) => at.locator('.is-edit input[name=title]').fill(`${second.title} anew`),
      act: press('Enter'),
    },
    { name: 'Undo the title', kind: 'here', target: { path: `${list} >>> ${row(second)} .title a`, text: 'anew', isGone: true }, act: press('z') },
    {
      name: 'Open the menu of a task',
      kind: 'here',
      target: { path: `${list} >>> ui-menu#row-menu:popover-open button` },
      act: click(`${row(fourth)} .more`),
      after: press('Escape'),
    },
    {
      name: 'Select a task',
      kind: 'here',
      target: { path: `${list} >>> app-bulk-bar >>> button` },
      before: focusOn(third),
      act: press('x'),
      after: press('Escape'),
    },
    {
      name: 'Type in the filter',
      kind: 'here',
      target: { path: `${list} >>> ${row(second)}`, isGone: true },
      before: (at) => words(at).fill('bay '),
      act: press('1'),
    },
    { name: 'Take a letter away', kind: 'here', target: { path: `${list} >>> ${row(second)}` }, act: press('Backspace'), after: (at) => words(at).fill('') },
    {
      name: 'Switch the theme',
      kind: 'here',
      target: { path: 'html[data-theme=dark]' },
      act: click('.top button[aria-label^="Switch between"]'),
      after: click('.top button[aria-label^="Switch between"]'),
    },
    {
      name: 'Open the palette',
      kind: 'here',
      target: { path: 'app-palette >>> [role=option]' },
      act: press('Control+K'),
    },
    {
      name: 'Type in the palette',
      kind: 'here',
      target: { path: 'app-palette >>> [role=option]', text: 'Dashboard', isGone: true },
      act: press('t'),
      after: press('Escape'),
    },
    { name: 'Open the help', kind: 'here', target: { path: 'app-help >>> dt' }, act: press('?'), after: press('Escape') },
    { name: 'Open the line for a new task', kind: 'here', target: { path: `${list} >>> .is-add input:focus` }, act: press('n') },
    {
      name: 'Add a task',
      kind: 'here',
      target: { path: `${list} >>> .title`, text: addedTitle },
      before: (at) => at.locator('.is-add input').first().fill(addedTitle),
      act: press('Enter'),
      after: press('Escape'),
    },
    { name: 'Back to the projects', kind: 'page', target: { path: 'app-projects-page >>> tbody tr' }, act: click('.rail a[href$="/projects"]') },
  ]
}
