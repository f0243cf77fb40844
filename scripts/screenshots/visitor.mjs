/** Somebody for the pictures: a guest with a name, in the demo organization and with an organization of their own. */

// The account page shows what a session began with.
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

/** Gives `{ token, cookie, places }` for a new guest of the product at `url`. Errors: an answer that is not the expected one. */
export async function arrive(url) {
  const { token, cookie } = await signIn(url, { joinDemo: true }, 'Robin Vale')
  const ask = asking(url, token)
  const first = async (path) => (await ask('GET', path)).items[0]
  const demo = await first('/orgs')
  const project =
    (await ask('GET', `/orgs/${demo.id}/projects`)).items.find(({ slug }) => slug.startsWith('tidewater')) ??
    (await first(`/orgs/${demo.id}/projects`))
  const task = await first(`/projects/${project.id}/tasks?status=doing`)
  const own = await ask('POST', '/orgs', { name: 'North Dock Trust' })
  await invite(
    { url, ask, own },
    { 'Aiko Tanaka': 'admin', 'Bartholomew Featherstonehaugh-Ramirez': 'member', 'Leila Haddad': 'viewer', 'Tomasz Wiśniewski': 'member' },
  )
  await work({ ask, own })
  const { url: link } = await ask('POST', `/orgs/${own.id}/invitations`, { role: 'member' })
  await ask('POST', `/orgs/${own.id}/invitations`, { role: 'viewer', expiresInHours: 24 })
  return { cookie, places: { demo: demo.slug, project: project.id, task: task.id, own: own.slug, link: `/invite${new URL(link).hash}` } }
}

async function invite({ url, ask, own }, people) {
  for (const [name, role] of Object.entries(people)) {
    const guest = await signIn(url, {}, name)
    const { token } = await ask('POST', `/orgs/${own.id}/invitations`, { role })
    await asking(url, guest.token)('POST', '/invitations/accept', { token })
  }
}

// something for the audit trail to tell
async function work({ ask, own }) {
  const project = await ask('POST', `/orgs/${own.id}/projects`, { name: 'Quay wall', description: 'North side, 40 m' })
  await ask('PUT', `/projects/${project.id}`, { name: 'Quay wall survey', description: 'North side, 42 m', version: 1 })
  const task = await ask('POST', `/projects/${project.id}/tasks`, { title: 'Book the diver' })
  await ask('PUT', `/tasks/${task.id}`, { status: 'done', version: 1 })
}

async function signIn(url, body, name) {
  const answer = await fetch(`${url}/api/v1/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify(body),
  })
  if (answer.status !== 201) throw new Error(`No guest: ${answer.status} ${await answer.text()}`)
  const { token } = await answer.json()
  await asking(url, token)('PUT', '/auth/me', { name })
  return { token, cookie: answer.headers.get('set-cookie')?.split(';')[0] }
}

const asking = (url, token) => async (method, path, body) => {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
