/** Somebody who comes from outside, through the edge: plain HTTPS, with the site's own certificate trusted and nothing else. */
import http from 'node:http'
import https from 'node:https'

/** Gives `{ ask, call, guest, walk, firstEvent }` for the site at `url`. */
export function visitorOf(url, ca) {
  const agent = new https.Agent({ ca, keepAlive: true, maxSockets: 32 })

  /**
   * One request. Gives `{ status, headers, body, bytes }` whatever the status; rejects when there is no answer. As browsers do, it sends once more what
   * it had sent into a kept connection that the other side was closing at that moment (RFC 9112, section 9.3.1).
   */
  async function ask(path, options = {}) {
    try {
      return await send(path, options)
    } catch (error) {
      if (!error.wasKept) throw error
      return await send(path, options)
    }
  }

  function send(path, { method = 'GET', headers = {}, body, to = url } = {}) {
    return new Promise((resolve, reject) => {
      const request = to.startsWith('https:') ? https.request : http.request
      const options = {
        method,
        headers,
        servername: new URL(to).hostname,
        agent: to.startsWith('https:') ? agent : undefined,
        timeout: 30_000,
      }
      const req = request(new URL(to), { ...options, path }, (res) => {
        const chunks = []
        res.on('data', (chunk) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({ status: res.statusCode, headers: res.headers, bytes, body: bytes.toString() })
        })
      })
      req.on('timeout', () => req.destroy(new Error(`${method} ${path} got no answer`)))
      req.on('error', (error) => reject(Object.assign(error, { wasKept: req.reusedSocket && error.code === 'ECONNRESET' })))
      req.end(body)
    })
  }

  /** One call of the API with JSON. Gives the parsed body. Errors: any status but 2xx. */
  async function call(method, path, { token, body, headers } = {}) {
    const answer = await ask(`/api/v1${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        'x-requested-with': 'mortise',
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    })
    if (answer.status >= 300) {
      const error = new Error(`${method} ${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`)
      throw Object.assign(error, { requestId: answer.headers['x-request-id'] })
    }
    return answer.body === '' ? undefined : JSON.parse(answer.body)
  }

  const guest = async () => (await call('POST', '/auth/guest', { body: {} })).token

  /** Guest, organization, project, task; reads the task back. Gives what was made. */
  async function walk() {
    const token = await guest()
    const organization = await call('POST', '/orgs', { token, body: { name: 'Through the edge' } })
    const project = await call('POST', `/orgs/${organization.id}/projects`, { token, body: { name: 'Tidewater library' } })
    const task = await call('POST', `/projects/${project.id}/tasks`, { token, body: { title: 'Order oak' } })
    const read = await call('GET', `/tasks/${task.id}`, { token })
    if (read.title !== 'Order oak') throw new Error(`The task came back as ${JSON.stringify(read)}`)
    return { token, organization, project, task }
  }

  /**
   * Follows the events of an organization, runs `change` when the stream is open and resolves with the data of the first event, while the stream is still
   * open: a proxy that gathers an answer before it passes it on would never let it through.
   */
  function firstEvent({ token, organization }, change) {
    return new Promise((resolve, reject) => {
      const path = `/api/v1/orgs/${organization.id}/events`
      const req = https.request(new URL(url), { path, agent, headers: { authorization: `Bearer ${token}` }, timeout: 30_000 }, (res) => {
        let text = ''
        let hasChanged = false
        res.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
          if (!hasChanged && text.includes(': open')) {
            hasChanged = true
            change().catch(reject)
          }
          const data = /^data: (.*)$/m.exec(text)?.[1]
          if (data === undefined) return
          resolve({ data: JSON.parse(data), headers: res.headers })
          req.destroy()
        })
        res.on('end', () => reject(new Error(`The stream ended: ${res.statusCode} ${text}`)))
      })
      req.on('timeout', () => req.destroy(new Error('The stream stayed silent.')))
      req.on('error', reject)
      req.end()
    })
  }

  return { ask, call, guest, walk, firstEvent, close: () => agent.destroy() }
}
