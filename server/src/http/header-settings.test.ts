/** The settings that open what the headers close: each says so in the log, none opens more than it names, and the API stays closed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { aServerWithoutDatabase } from '../../test/without-database.ts'
import { ConfigError, readConfig, weaknessesOf } from '../config.ts'

const enough = {
  DATABASE_URL: 'postgres://localhost/none',
  TOKEN_SECRET: 'a secret that is used in tests only, and nowhere else',
  PUBLIC_URL: 'https://mortise.example',
}
const weaknesses = (env: Record<string, string>) => weaknessesOf(readConfig({ ...enough, ...env }))
const complaints = (env: Record<string, string>): string => {
  try {
    readConfig({ ...enough, ...env })
    return ''
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  }
}

/** The headers of the API document, which has the policy of pages, and of an answer of the API. */
async function headersWith(env: Record<string, string>) {
  const server = await aServerWithoutDatabase(env)
  const [page, answer] = await Promise.all(['/docs/', '/api/v1'].map(async (path) => (await fetch(server.url + path)).headers))
  await server.close()
  return { page: page as Headers, answer: answer as Headers }
}
/** The directives of a policy, by name. */
const directivesOf = (policy: string | null) =>
  Object.fromEntries((policy ?? '').split('; ').map((one) => [one.split(' ')[0] ?? '', one.split(' ').slice(1).join(' ')]))

let usual: Awaited<ReturnType<typeof headersWith>>
beforeAll(async () => {
  usual = await headersWith({})
})

type Setting = { env: Record<string, string>; header: string; says: string; weakness: RegExp[] }
const settings: Setting[] = [
  {
    env: { CSP_CONNECT_SRC: 'https://otel.example, https://other.example:8443' },
    header: 'connect-src',
    says: "'self' https://otel.example https://other.example:8443",
    weakness: [/CSP_CONNECT_SRC .*https:\/\/otel\.example, https:\/\/other\.example:8443$/],
  },
  {
    env: { CSP_IMG_SRC: 'https://pictures.example' },
    header: 'img-src',
    says: "'self' data: https://pictures.example",
    weakness: [/CSP_IMG_SRC .*https:\/\/pictures\.example$/],
  },
  { env: { CSP_REPORT_TO: 'https://reports.example/csp' }, header: 'report-uri', says: 'https://reports.example/csp', weakness: [] },
  {
    env: { FRAME_ANCESTORS: 'self, https://portal.example' },
    header: 'frame-ancestors',
    says: "'self' https://portal.example",
    weakness: [/FRAME_ANCESTORS .*self, https:\/\/portal\.example$/],
  },
]

describe.each(settings)('with $env', ({ env, header, says, weakness }) => {
  it('the policy of a page says so, and nothing else of it changes', async () => {
    const { page } = await headersWith(env)
    const [before, after] = [usual, { page }].map(({ page: headers }) => directivesOf(headers.get('content-security-policy')))
    expect(after?.[header]).toBe(says)
    const extra = header === 'report-uri' ? { 'report-to': 'csp' } : {}
    expect(after).toEqual({ ...before, ...extra, [header]: says })
  })

  it('an answer of the API stays closed', async () => {
    const { answer } = await headersWith(env)
    for (const name of [
      'content-security-policy',
      'x-frame-options',
      'referrer-policy',
      'permissions-policy',
      'cross-origin-opener-policy',
    ])
      expect([name, answer.get(name)]).toEqual([name, usual.answer.get(name)])
  })

  it('the log says what is weaker', () => {
    expect(weaknesses(env)).toEqual(weakness.map((words): unknown => expect.stringMatching(words)))
  })
})

describe('a setting of a header', () => {
  it.each([
    [
      'PERMISSIONS_POLICY',
      'camera,usb',
      'permissions-policy',
      'camera=(self), microphone=(), geolocation=(), payment=(), usb=(self), browsing-topics=()',
    ],
    ['REFERRER_POLICY', 'strict-origin', 'referrer-policy', 'strict-origin'],
    ['CROSS_ORIGIN_OPENER_POLICY', 'same-origin-allow-popups', 'cross-origin-opener-policy', 'same-origin-allow-popups'],
  ])('%s=%s is what every answer says, and what the log says', async (name, value, header, says) => {
    const { page, answer } = await headersWith({ [name]: value })
    expect([page.get(header), answer.get(header)]).toEqual([says, says])
    expect(weaknesses({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))])
  })

  it('that is as closed as the usual one is no weakness', () => {
    expect(weaknesses({ REFERRER_POLICY: 'same-origin', CSP_REPORT_ONLY: 'false', FRAME_ANCESTORS: '', CSP_IMG_SRC: ' ' })).toEqual([])
  })

  it('that only reports keeps nothing but who may frame a page, and says so', async () => {
    const { page, answer } = await headersWith({ CSP_REPORT_ONLY: 'true', CSP_REPORT_TO: 'https://reports.example/csp' })
    expect(page.get('content-security-policy')).toBe("frame-ancestors 'none'")
    expect(directivesOf(page.get('content-security-policy-report-only'))).toMatchObject({ 'script-src': "'self'", 'report-to': 'csp' })
    expect(page.get('reporting-endpoints')).toBe('csp="https://reports.example/csp"')
    expect(page.get('x-frame-options')).toBe('DENY')
    expect(answer.get('content-security-policy')).toBe(usual.answer.get('content-security-policy'))
    expect(weaknesses({ CSP_REPORT_ONLY: 'true' })).toEqual([expect.stringContaining('CSP_REPORT_ONLY')])
  })

  it('that lets others frame pages takes the older header away, from pages alone', async () => {
    const { page, answer } = await headersWith({ FRAME_ANCESTORS: 'https://portal.example' })
    expect([page.get('x-frame-options'), answer.get('x-frame-options')]).toEqual([null, 'DENY'])
    expect(usual.page.get('x-frame-options')).toBe('DENY')
  })

  it.each([
    ['CSP_CONNECT_SRC', '*'],
    ['CSP_CONNECT_SRC', "'unsafe-inline'"],
    ['CSP_CONNECT_SRC', 'https://*.example'],
    ['CSP_CONNECT_SRC', 'https://a.example/path'],
    ['CSP_CONNECT_SRC', 'https://a.example;script-src'],
    ['CSP_CONNECT_SRC', 'data:'],
    ['CSP_IMG_SRC', 'https:'],
    ['CSP_IMG_SRC', 'javascript:alert(1)'],
    ['CSP_REPORT_TO', 'http://reports.example'],
    ['CSP_REPORT_TO', "https://reports.example/a; script-src 'unsafe-inline'"],
    ['CSP_REPORT_TO', 'https://reports.example/a,default="https://b.example"'],
    ['CSP_REPORT_TO', 'reports'],
    ['CSP_REPORT_ONLY', 'yes'],
    ['FRAME_ANCESTORS', '*'],
    ['FRAME_ANCESTORS', "'self'"],
    ['FRAME_ANCESTORS', 'none'],
    ['PERMISSIONS_POLICY', 'camera=*'],
    ['PERMISSIONS_POLICY', 'everything'],
    ['REFERRER_POLICY', 'unsafe-url'],
    ['CROSS_ORIGIN_OPENER_POLICY', 'unsafe-none'],
  ])('%s=%s is refused at start', (name, value) => {
    expect(complaints({ [name]: value })).toMatch(new RegExp(`^${name}: `))
  })
})
