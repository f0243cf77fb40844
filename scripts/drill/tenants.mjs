/** The two organizations of the neighbour drill, made through the API like anybody's. */
import { root } from '../setup/home.mjs'
import { runOrFail } from '../process/run.mjs'
import path from 'node:path'

/**
 * The noisy one: 20 projects with `tasks` tasks each from the seed, and `people` who are in it. Gives the paths that cost the database
 * the most, and a token for each person.
 */
export async function theNoisy({ url, home, tasks, people }) {
  const seed = [path.join(root, 'scripts/seed.mjs'), '--organizations', '1', '--projects', '20', '--tasks', String(tasks)]
  const env = { ...process.env, MORTISE_HOME: home, DATABASE_URL: '' }
  const { stdout } = await runOrFail('The noisy organization could not be seeded:', process.execPath, seed, { cwd: root, env })
  const admin = await aGuest(url)
  const { id } = await accept(url, admin, /#(\S+)/.exec(stdout)?.[1])
  const tokens = [admin]
  while (tokens.length < people) {
    const { token } = await call(url, `/orgs/${id}/invitations`, { method: 'POST', token: admin, body: { role: 'member' } })
    const guest = await aGuest(url)
    await accept(url, guest, token)
    tokens.push(guest)
  }
  return { paths: [`/orgs/${id}/stats`], tokens }
}

/** The quiet one: a project with 50 tasks and one person. Gives what that person does all day. */
export async function theQuiet({ url }) {
  const token = await aGuest(url)
  const org = await call(url, '/orgs', { method: 'POST', token, body: { name: 'Quiet and Sons' } })
  const project = await call(url, `/orgs/${org.id}/projects`, { method: 'POST', token, body: { name: 'A quiet project' } })
  for (let number = 1; number <= 50; number++)
    await call(url, `/projects/${project.id}/tasks`, { method: 'POST', token, body: { title: `Task ${number}` } })
  return {
    paths: [`/orgs/${org.id}/projects`, `/projects/${project.id}/tasks?limit=50`, `/orgs/${org.id}/stats`, `/projects/${project.id}`],
    tokens: [token],
  }
}

const aGuest = async (url) => (await call(url, '/auth/guest', { method: 'POST', body: {} })).token

const accept = (url, token, invitation) => call(url, '/invitations/accept', { method: 'POST', token, body: { token: invitation } })

async function call(url, where, { method = 'GET', token, body }) {
  const answer = await fetch(`${url}/api/v1${where}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${where} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}
