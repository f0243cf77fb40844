/** The judge of all other tests' answers can say no. */
import { describe, expect, it } from 'vitest'
import { undocumented } from './documented.ts'

describe('an answer', () => {
  it('that the document names is no news', () => {
    expect(undocumented('GET', '/orgs/acme', 200, { id: '' })).toBeUndefined()
    expect(undocumented('GET', '/orgs/acme?x=1', 404, { error: 'ORG_NOT_FOUND' })).toBeUndefined()
    expect(undocumented('DELETE', '/orgs/acme', 204, undefined)).toBeUndefined()
  })

  it.each([
    ['of another status', 'GET', '/orgs/acme', 202, undefined, 'answered 202'],
    ['with a code that belongs elsewhere', 'GET', '/orgs/acme', 404, { error: 'TASK_NOT_FOUND' }, 'TASK_NOT_FOUND'],
    ['of a conflict where nothing can conflict', 'GET', '/orgs/acme/projects', 409, { error: 'SLUG_TAKEN' }, '409'],
  ])('%s is reported', (_what, method, path, status, body, words) => {
    expect(undocumented(method, path, status, body)).toContain(words)
  })

  it('of an address without a call is not judged here', () => {
    expect(undocumented('GET', '/nothing', 404, { error: 'ROUTE_NOT_FOUND' })).toBeUndefined()
  })
})
