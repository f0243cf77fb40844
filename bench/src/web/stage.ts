/** What is measured on: a guest with an organization of its own, where one project has 60 tasks and another one 500. */

export type Stage = { cookie: string; token: string; organization: string; slug: string; demo: string; projects: StagedProject[] }
export type StagedProject = { id: string; name: string; tasks: StagedTask[] }
export type StagedTask = { id: string; title: string; status: string }

const sizes = [60, 500]
const statuses = ['doing', 'todo', 'done']
const words = [
  'Order oak',
  'Book the crane',
  'Choose door furniture',
  'Survey the east wall',
  'Agree the drainage run',
  'Price the lead work',
]
const atOnce = 8

/** Makes everything through the API, like anybody could. Errors: an answer that is not the expected one. */
export async function setStage(url: string): Promise<Stage> {
  const { token, cookie } = await signIn(url)
  const ask = asking(url, token)
  const demo = (await ask<{ items: { slug: string }[] }>('GET', '/orgs')).items[0]?.slug ?? ''
  const { id: organization, slug } = await ask<{ id: string; slug: string }>('POST', '/orgs', { name: 'North Dock Trust' })
  const projects: StagedProject[] = []
  for (const size of sizes) {
    const name = `Boathouse with ${size}`
    const { id } = await ask<{ id: string }>('POST', `/orgs/${organization}/projects`, { name })
    projects.push({ id, name, tasks: await makeTasks(ask, id, size) })
  }
  return { cookie, token, organization, slug, demo, projects }
}

/** Takes away what a repetition has added, so that the next one finds the same. */
export async function clearAdded(url: string, { token, projects }: Stage): Promise<void> {
  const ask = asking(url, token)
  for (const { id } of projects) {
    const added = await ask<{ items: StagedTask[] }>('GET', `/projects/${id}/tasks?limit=100&q=${encodeURIComponent(addedTitle)}`)
    for (const task of added.items) await ask('DELETE', `/tasks/${task.id}`)
  }
}

/** The title of tasks that an interaction adds. */
export const addedTitle = 'Paint the slipway rails'

async function makeTasks(ask: Ask, project: string, size: number): Promise<StagedTask[]> {
  const tasks: StagedTask[] = []
  for (let from = 0; from < size; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, size - from) }, (_, at) => aTask(from + at))
    tasks.push(...(await Promise.all(some.map((task) => ask<StagedTask>('POST', `/projects/${project}/tasks`, task)))))
  }
  // Made side by side, so their order is the board's to say.
  const order: string[] = []
  for (let cursor = ''; ;) {
    const page = await ask<{ items: StagedTask[]; nextCursor: string | null }>('GET', `/projects/${project}/tasks?limit=100${cursor}`)
    order.push(...page.items.map(({ id }) => id))
    if (!page.nextCursor) break
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return tasks.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
}

const aTask = (count: number) => ({
  title: `${words[count % words.length]}, bay ${count + 1}`,
  status: statuses[count % statuses.length],
  dueOn: count % 4 === 0 ? '2031-03-04' : count % 4 === 1 ? '2020-01-06' : null,
})

async function signIn(url: string): Promise<{ token: string; cookie: string }> {
  const answer = await fetch(`${url}/api/v1/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ joinDemo: true }),
  })
  if (!answer.ok) throw new Error(`No guest: ${answer.status} ${await answer.text()}`)
  const { token } = (await answer.json()) as { token: string }
  return { token, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

type Ask = <Answer>(method: string, path: string, body?: object) => Promise<Answer>

const asking =
  (url: string, token: string): Ask =>
  async <Answer>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as Answer
  }
