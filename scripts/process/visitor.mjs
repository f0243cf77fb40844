/** What the smoke test does with a running product: it signs in as a guest and makes something worth keeping. */

/** Signs in and creates an organization. Gives its id and the token that may read it. */
export async function anOrganization(url) {
  const { token } = await call(`${url}/api/v1/auth/guest`, { method: 'POST', body: '{}' })
  const { id } = await call(`${url}/api/v1/orgs`, { method: 'POST', token, body: JSON.stringify({ name: 'Smoke and Sons' }) })
  return { id, token }
}

/** True when the organization can still be read with the token it was made with. */
export async function readOrganization(url, { id, token }) {
  const found = await call(`${url}/api/v1/orgs/${id}`, { token })
  return found.id === id && found.name === 'Smoke and Sons'
}

async function call(address, { method = 'GET', token, body }) {
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'mortise', ...(token && { authorization: `Bearer ${token}` }) }
  const answer = await fetch(address, { method, headers, body })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}
