/** What the demo organization holds, asked of the API like anybody would. */
import { baseUrl } from './browser.ts'

type Named = { id: string; slug: string }

/** Slug of the organization, id of a project with tasks, id of one of them: by the names that routes have for them. */
export type Places = { org: string; project: string; task: string }

/** As a guest of its own, who joins the demo. Errors: there is no demo organization. */
export async function demoPlaces(): Promise<Places> {
  const { token } = await call<{ token: string }>('/auth/guest', '', { joinDemo: true })
  const first = async (path: string) => (await call<{ items: Named[] }>(path, token)).items[0] ?? { id: '', slug: '' }
  const organization = await first('/orgs')
  const project = await first(`/orgs/${organization.id}/projects`)
  const task = await first(`/projects/${project.id}/tasks`)
  return { org: organization.slug, project: project.id, task: task.id }
}

async function call<Answer>(path: string, token: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${baseUrl}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}
