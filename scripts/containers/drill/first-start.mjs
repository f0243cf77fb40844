/** From nothing to a running site, with everything that is refused on the way. */
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'

const up = ['up', '--detach', '--wait']

export async function firstStart({ promise, site }) {
  const bare = await site.compose(up)
  promise(
    'without .env nothing starts, and a sentence says what to do',
    bare.code !== 0 && /compose-secrets first|Write PUBLIC_URL/.test(bare.output),
  )
  site.settle()
  const early = await site.compose(up)
  promise(
    'without secrets nothing starts, and a sentence says what to do',
    early.code !== 0 && early.output.includes('Run deploy/bin/compose-secrets first'),
  )

  const made = await site.sh(['deploy/bin/compose-secrets'])
  promise('compose-secrets makes what is missing', made.code === 0, made.code === 0 ? '' : made.output)
  const modes = ['token_secret', 'postgres_password', 'tls_key'].map((name) => statSync(site.secret(name)))
  promise(
    'each secret can be read by its reader only',
    modes.every(({ mode }) => (mode & 0o777) === 0o600) && modes[0].uid === 10001 && modes[1].uid === 999,
  )
  const before = readFileSync(site.secret('token_secret'), 'utf8')
  await site.sh(['deploy/bin/compose-secrets'])
  promise('a second run keeps what is there', readFileSync(site.secret('token_secret'), 'utf8') === before)
  await refuseWeak({ promise, site, before })

  const { code, seconds, output } = await site.compose(up)
  if (!promise('compose up --wait comes to its end, from nothing', code === 0, `${seconds.toFixed(1)} s`)) throw new Error(output)
}

async function refuseWeak({ promise, site, before }) {
  const file = site.secret('token_secret')
  const complaints = async () => (await site.sh(['deploy/bin/compose-secrets', '--check'])).output
  promise('what compose-secrets made passes its own check', (await complaints()).startsWith('Every secret is there'))
  for (const [kind, text, sentence] of [
    ['a secret out of an example', 'changeme-changeme-changeme-1234567', 'is a word out of an example'],
    ['a short secret', 'k3Yq-9fLs', 'is too short or too even'],
    ['an even secret', 'abababababababababababababababababab', 'is too short or too even'],
  ]) {
    writeFileSync(file, `${text}\n`)
    promise(`${kind} is refused`, (await complaints()).includes(sentence))
  }
  writeFileSync(file, before)
  chmodSync(file, 0o644)
  promise('a secret that others can read is refused', (await complaints()).includes('may be read by others'))
  chmodSync(file, 0o600)
  const lost = readFileSync(site.secret('redis_url'))
  rmSync(site.secret('redis_url'))
  promise('a missing secret is refused', (await complaints()).includes('is missing'))
  await site.sh(['deploy/bin/compose-secrets'])
  promise('and made again as it was', readFileSync(site.secret('redis_url')).equals(lost))
}
