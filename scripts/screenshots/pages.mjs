/** Which pages are shown in docs/screenshots, and what has to stand on each before its picture is taken. */

const heading = (page) => page.getByRole('heading', { level: 1 })
const text = (words) => (page) => page.getByText(words).first()

/**
 * Name, address and what to wait for. `demo`, `project` and `task` are places of the demo organization, `own` is the slug of
 * the visitor's own one. `act` brings the page into the state that is shown; `isDoor` pages are those of a stranger.
 */
export const pages = [
  { name: 'sign-in', at: () => '/sign-in', stands: heading, isDoor: true },
  { name: 'invitation', at: ({ link }) => link, stands: text('Somebody has made this link for you.'), isDoor: true },
  { name: 'new-organization', at: () => '/orgs/new', stands: heading },
  { name: 'dashboard', at: ({ demo }) => `/orgs/${demo}`, stands: text('Completed per day') },
  { name: 'projects', at: ({ demo }) => `/orgs/${demo}/projects`, stands: (page) => page.locator('ui-rule').first() },
  {
    name: 'project',
    at: ({ demo, project }) => `/orgs/${demo}/projects/${project}`,
    stands: (page) => page.getByRole('heading', { name: 'Doing' }),
  },
  {
    name: 'task',
    at: ({ demo, project, task }) => `/orgs/${demo}/projects/${project}/tasks/${task}`,
    stands: (page) => page.locator('app-task-panel h1'),
  },
  { name: 'members', at: ({ own }) => `/orgs/${own}/members`, stands: text('Link made by you') },
  {
    name: 'audit',
    at: ({ own }) => `/orgs/${own}/audit`,
    stands: text('renamed the project'),
    act: async (page) => page.getByText('renamed the project').click(),
  },
  { name: 'settings', at: ({ own }) => `/orgs/${own}/settings`, stands: text('Leave or delete') },
  { name: 'account', at: () => '/account', stands: text('This device') },
  { name: 'not-found', at: () => '/nowhere', stands: heading },
  {
    name: 'palette',
    at: ({ demo }) => `/orgs/${demo}`,
    stands: text('Completed per day'),
    act: async (page) => {
      await page.keyboard.press('Control+K')
      await page.locator('app-palette [role=option], app-palette [role=listbox] *').first().waitFor()
    },
  },
]
