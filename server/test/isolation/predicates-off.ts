/** Takes the organization out of every statement on its way to PostgreSQL, so that row level security is all that is left. */
import pg from 'pg'

/** `column = (select app.current_organization())`, as Objection and we write it. */
const predicate = /(?:(?:"?app"?\.)?"?\w+"?\.)?"?(?:organization_id|id)"? = \(select app\.(?:current|entered)_organization\(\)\)/g

export const withoutPredicate = (sql: string): string => sql.replaceAll(predicate, 'true')

type Query = (this: pg.Client, config: unknown, ...rest: unknown[]) => unknown

/** From now on nobody in this process asks for an organization. `rewritten` counts the statements; `restore` ends it. */
export function predicatesOff(): { readonly rewritten: number; restore(): void } {
  const client = pg.Client.prototype as unknown as { query: Query }
  const original = client.query
  let rewritten = 0
  client.query = function (config, ...rest) {
    if (typeof config !== 'object' || config === null || !('text' in config) || typeof config.text !== 'string')
      return original.call(this, config, ...rest)
    const text = withoutPredicate(config.text)
    if (text !== config.text) rewritten++
    return original.call(this, Object.assign(config, { text }), ...rest)
  }
  return {
    get rewritten() {
      return rewritten
    },
    restore: () => void (client.query = original),
  }
}

/** SQL that takes it out of the one function that has it, too. */
export const functionsWithoutPredicate = `
  do $$ declare source text := pg_get_functiondef('app.move_task(uuid, uuid, uuid, text, integer)'::regprocedure); begin
    execute regexp_replace(source, '\\m[ti]\\.organization_id = organization\\M', 'true', 'g');
    if pg_get_functiondef('app.move_task(uuid, uuid, uuid, text, integer)'::regprocedure) = source then raise exception 'nothing was taken out'; end if;
  end $$`
