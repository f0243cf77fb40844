/** Configuration: all complaints at once, secrets from files, and nothing to change afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, keys, readConfig, weaknessesOf } from './config.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'config-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

const enough = { DATABASE_URL: 'postgres://mortise_api:x@db/mortise?sslmode=verify-full', TOKEN_SECRET: 'x'.repeat(32) }
const file = (name: string, text: string) => {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}
/** What is complained about, one line each. */
function complaints(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n')
  }
}

describe('an environment', () => {
  it('with a database and a secret is enough', () => {
    expect(readConfig(enough)).toMatchObject({
      ...enough,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: 3000,
      DATABASE_POOL: 10,
      LOG_LEVEL: 'info',
    })
  })

  it('is read whole: every complaint comes at once, with the key and what it is for', () => {
    const all = complaints({
      PORT: 'many',
      DATABASE_URL: 'mysql://x',
      TOKEN_SECRET: 'short',
      REDIS_URL: 'localhost',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'staging',
      PUBLIC_URL: 'https://mortise.example/with/a/path',
      DATABASE_POOL: '0',
      CORS_ORIGINS: 'https://app.example/path',
      HSTS_SECONDS: 'for ever',
    })
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'TOKEN_SECRET',
      'REDIS_URL',
      'LOG_LEVEL',
      'NODE_ENV',
      'PUBLIC_URL',
      'DATABASE_POOL',
      'CORS_ORIGINS',
      'HSTS_SECONDS',
    ] as const) {
      expect(
        all.filter((line) => line.startsWith(`${name}: `) && line.includes(keys[name].about)),
        name,
      ).toHaveLength(1)
    }
  })

  it('without anything lacks two things, and says so', () => {
    expect(complaints({})).toEqual([
      expect.stringMatching(/^DATABASE_URL: is required\. /),
      expect.stringMatching(/^TOKEN_SECRET: is required\. /),
    ])
  })

  it('never repeats a secret in a complaint', () => {
    const text = complaints({ DATABASE_URL: 'mysql://user:hunter2@db', TOKEN_SECRET: 'hunter2', REDIS_URL: 'hunter2://x' }).join('\n')
    expect(text).not.toContain('hunter2')
  })

  it('may leave a key empty, which is as good as leaving it out', () => {
    expect(readConfig({ ...enough, REDIS_URL: '', PUBLIC_URL: '', PORT: '', TOKEN_SECRET_FILE: '' })).toMatchObject({ PORT: 3000 })
  })

  it('may hold keys that nobody knows', () => {
    expect(complaints({ ...enough, HOME: '/root', SOMETHING: 'else' })).toEqual([])
  })

  it.each(['-1', '65536', '3000.5', '0x10', '3e3', ' 3000', '３０００'])('may not have the port %s', (PORT) => {
    expect(complaints({ ...enough, PORT })).toEqual([expect.stringMatching(/^PORT: /)])
  })

  it('has an address by its port unless it is told another', () => {
    expect(readConfig({ ...enough, PORT: '8080' }).publicUrl.href).toBe('http://localhost:8080/')
    expect(readConfig({ ...enough, PUBLIC_URL: 'https://mortise.example' }).publicUrl.href).toBe('https://mortise.example/')
  })

  it('says what is weaker than it need be, and nothing of what is not', () => {
    const weaknesses = (env: Record<string, string>) => weaknessesOf(readConfig({ ...enough, NODE_ENV: 'production', ...env }))
    expect(weaknesses({ PUBLIC_URL: 'https://mortise.example' })).toEqual([])
    expect(weaknesses({ PUBLIC_URL: 'https://mortise.example', HSTS_SECONDS: '0', CORS_ORIGINS: 'https://app.example' })).toEqual([
      'HSTS_SECONDS is 0: browsers may come by HTTP',
      'CORS_ORIGINS lets pages of other origins call: https://app.example',
    ])
    expect(weaknesses({ PUBLIC_URL: 'https://mortise.example', RATE_LIMIT_SIGN_IN: '0' })).toEqual([
      'RATE_LIMIT_SIGN_IN is 0: nobody is limited by it',
    ])
    expect(weaknesses({})).toEqual(['PUBLIC_URL is not HTTPS: cookies travel in the clear'])
  })
})

describe('a secret', () => {
  it.each(['DATABASE_URL', 'TOKEN_SECRET', 'REDIS_URL'] as const)(
    '%s may come from a file, and loses one line break at its end',
    (name) => {
      const value =
        name === 'TOKEN_SECRET' ? 'y'.repeat(40) : name === 'REDIS_URL' ? 'redis://cache' : 'postgres://from-file/db?sslmode=verify-full'
      const { [name]: _, ...rest } = { REDIS_URL: '', ...enough }
      for (const end of ['', '\n', '\r\n']) expect(readConfig({ ...rest, [`${name}_FILE`]: file('secret', value + end) })[name]).toBe(value)
    },
  )

  it('keeps every line break but the last, and its blanks', () => {
    const TOKEN_SECRET_FILE = file('blank', `${' x'.repeat(20)} \n\n`)
    expect(readConfig({ DATABASE_URL: enough.DATABASE_URL, TOKEN_SECRET_FILE }).TOKEN_SECRET).toBe(`${' x'.repeat(20)} \n`)
  })

  it('that is given twice is refused, whether the two agree or not', () => {
    for (const value of [enough.TOKEN_SECRET, 'another']) {
      expect(complaints({ ...enough, TOKEN_SECRET_FILE: file('twice', value) })).toEqual([
        'TOKEN_SECRET: is given twice: as TOKEN_SECRET and as TOKEN_SECRET_FILE',
      ])
    }
  })

  it('whose file is not there is refused without saying where it was looked for', () => {
    expect(complaints({ DATABASE_URL: enough.DATABASE_URL, TOKEN_SECRET_FILE: '/nowhere/at/all' })).toEqual([
      'TOKEN_SECRET: the file that TOKEN_SECRET_FILE names cannot be read',
    ])
  })

  it('needs 32 bytes, not 32 characters', () => {
    expect(complaints({ ...enough, TOKEN_SECRET: 'x'.repeat(31) })).toEqual([expect.stringContaining('at least 32 bytes')])
    expect(complaints({ ...enough, TOKEN_SECRET: 'ü'.repeat(16) })).toEqual([])
    expect(complaints({ DATABASE_URL: enough.DATABASE_URL, TOKEN_SECRET_FILE: file('short', `${'x'.repeat(31)}\n`) })).toEqual([
      expect.stringContaining('at least 32 bytes'),
    ])
  })

  it('is the only kind of key that comes from a file', () => {
    expect(readConfig({ ...enough, PORT_FILE: file('port', '4000') }).PORT).toBe(3000)
  })
})

describe('the demo organization', () => {
  it.each(['development', 'test'])('may be named in %s', (NODE_ENV) => {
    expect(readConfig({ ...enough, NODE_ENV, DEMO_ORGANIZATION: 'demo' }).DEMO_ORGANIZATION).toBe('demo')
  })

  it('is refused in production, which is what an environment is that does not say', () => {
    for (const env of [{ NODE_ENV: 'production' }, {}] as Record<string, string>[]) {
      expect(complaints({ ...enough, ...env, DEMO_ORGANIZATION: 'demo' })).toEqual([
        'DEMO_ORGANIZATION: is refused in production, because anybody could join it',
      ])
    }
  })
})

describe('what was read', () => {
  it('cannot be changed', () => {
    const config = readConfig(enough)
    expect(Object.isFrozen(config)).toBe(true)
    expect(() => Object.assign(config, { PORT: 1 })).toThrow(TypeError)
  })

  it('has a sentence for every key', () => {
    for (const [name, { about }] of Object.entries(keys)) expect(about, name).toMatch(/^[A-Z].{15,}\.$/s)
  })
})
