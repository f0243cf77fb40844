/** The health check of the image: exit code 0 while this process can do its work. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/ready`, { signal: AbortSignal.timeout(5_500) }).catch((error) => error)
process.exitCode = answer.ok ? 0 : 1
if (!answer.ok) process.stdout.write(`${answer.status ? await answer.text() : String(answer.cause ?? answer)}\n`)
