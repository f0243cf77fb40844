import type { AuditEntry } from '@mortise/shared/audit'
import { describe, expect, it } from 'vitest'
import { beginOf, everything, filterFrom, searchOf } from '../src/audit/filter.ts'
import { actorOf, changesOf, deedOf, fieldWord } from '../src/audit/words.ts'

const me = '0193a000-0000-7000-8000-000000000001'
const other = '0193a000-0000-7000-8000-000000000002'

const entry = (entity: AuditEntry['entity'], action: AuditEntry['action'], more: Partial<AuditEntry> = {}): AuditEntry => ({
  seq: 1,
  at: '2026-11-18T08:15:00.000Z',
  actorId: other,
  actorName: 'Ada',
  procedure: null,
  action,
  entity,
  entityId: me,
  entityName: 'Atlas',
  before: null,
  after: null,
  requestId: null,
  address: null,
  userAgent: null,
  hash: '',
  ...more,
})

describe('an entry in words', () => {
  it.each<[AuditEntry, string]>([
    [entry('organization', 'created'), 'created the organization'],
    [entry('organization', 'changed', { after: { name: 'New' } }), 'renamed the organization to “New”'],
    [entry('organization', 'changed', { after: { slug: 'new' } }), 'changed the address of the organization to new'],
    [entry('member', 'created', { actorId: me, after: { role: 'viewer' } }), 'joined as viewer'],
    [entry('member', 'changed', { entityName: 'Grace', after: { role: 'admin' } }), 'changed the role of Grace to admin'],
    [entry('member', 'changed', { actorId: me, after: { role: 'admin' } }), 'changed the role of themselves to admin'],
    [entry('member', 'deleted', { entityName: 'Grace' }), 'removed Grace'],
    [entry('member', 'deleted', { actorId: me }), 'left the organization'],
    [entry('invitation', 'created', { after: { role: 'viewer' } }), 'made an invitation link for the role viewer'],
    [entry('invitation', 'changed', { after: { usedBy: me } }), 'used an invitation link'],
    [entry('invitation', 'deleted', { before: { role: 'viewer' } }), 'took back an invitation link for the role viewer'],
    [entry('project', 'created'), 'added the project “Atlas”'],
    [entry('project', 'changed', { before: { name: 'Old' }, after: { name: 'Atlas' } }), 'renamed the project “Old” to “Atlas”'],
    [entry('project', 'changed', { after: { archivedAt: '2026-11-18T08:15:00Z' } }), 'archived the project “Atlas”'],
    [entry('project', 'changed', { after: { archivedAt: null } }), 'restored the project “Atlas”'],
    [entry('project', 'changed', { after: { description: 'x' } }), 'changed the project “Atlas”'],
    [entry('project', 'deleted'), 'deleted the project “Atlas”'],
    [entry('task', 'changed', { after: { status: 'done', completedAt: 'x' } }), 'finished “Atlas”'],
    [entry('task', 'changed', { before: { title: 'Old' }, after: { title: 'Atlas' } }), 'renamed the task “Old” to “Atlas”'],
    [entry('task', 'changed', { after: { assigneeId: null } }), 'took everybody off the task “Atlas”'],
    [entry('task', 'changed', { after: { dueOn: '2026-11-18' } }), 'changed the date of “Atlas”'],
    [entry('task', 'deleted'), 'deleted the task “Atlas”'],
  ])('%#: %s', (one, words) => expect(deedOf(one)).toBe(words))

  it('names who did it, as far as that is known', () => {
    expect(actorOf(entry('task', 'created'), me)).toBe('Ada')
    expect(actorOf(entry('task', 'created', { actorId: me }), me)).toBe('You')
    expect(actorOf(entry('task', 'created', { actorId: null, actorName: null }), me)).toBe('Somebody at the database')
  })

  it('shows each field as it was and as it became', () => {
    expect(
      changesOf(entry('task', 'changed', { before: { dueOn: null, title: 'A' }, after: { dueOn: '2026-11-18', title: 'B' } })),
    ).toEqual([
      { field: 'dueOn', was: undefined, became: '2026-11-18' },
      { field: 'title', was: 'A', became: 'B' },
    ])
    expect([fieldWord('dueOn'), fieldWord('title')]).toEqual(['Due on', 'Title'])
  })
})

describe('the filter in the address', () => {
  it('is read as it was written, and what is unknown means any', () => {
    const filter = { actor: other, entity: 'task', action: 'deleted', period: '30' } as const
    expect(filterFrom(searchOf(filter))).toEqual(filter)
    expect(searchOf(everything)).toBe('')
    expect(filterFrom('?actor=x&entity=secrets&action=1&period=9&more=2')).toEqual(everything)
  })

  it('counts days back from now, and today from midnight', () => {
    const now = new Date(2026, 10, 18, 15, 30)
    expect(beginOf('', now)).toBeUndefined()
    expect(beginOf('today', now)).toBe(new Date(2026, 10, 18).toISOString())
    expect(beginOf('7', now)).toBe(new Date(now.getTime() - 7 * 86_400_000).toISOString())
  })
})
