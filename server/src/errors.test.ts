/** The catalogue and the code that refuses: neither knows a code that the other does not. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { catalogue, type ErrorCode } from '@mortise/shared/errors'
import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError, asAppError, problemOf } from './errors.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const migrations = fileURLToPath(new URL('../migrations/', import.meta.url))
const sources = [here, migrations].flatMap((directory) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('openapi'))
    .map((name) => readFileSync(`${directory}${name}`, 'utf8')),
)

describe('every code of the catalogue', () => {
  it('is given by some line of the server or a migration', () => {
    const unused = Object.keys(catalogue).filter((code) => !sources.some((text) => text.includes(`'${code}'`)))
    expect(unused, 'take it from the catalogue').toEqual([])
  })

  it('that the database raises is one of the catalogue', () => {
    const raised = sources.flatMap((text) => [...text.matchAll(/raise exception '(\w+)' using errcode = 'MO(\d+)'/g)])
    expect(raised.length).toBeGreaterThan(5)
    const statusOf = (code: string) => (code in catalogue ? catalogue[code as ErrorCode].status : undefined)
    for (const [, code = '', status] of raised) {
      // class MO500 is ours to mend and no caller's to know
      expect({ code, status: statusOf(code) }).toEqual({ code, status: status === '500' ? undefined : Number(status) })
    }
  })
})

describe('whatever is thrown', () => {
  it('leaves as INTERNAL and shows nothing of its cause when nobody foresaw it', () => {
    for (const thrown of [
      new Error('select secret from vault'),
      'text',
      undefined,
      null,
      42,
      { code: 'EVIL' },
      new TypeError('x'),
      new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'stack of mine' }),
    ]) {
      expect(problemOf(thrown, 'request-1')).toEqual({
        status: 500,
        problem: { error: 'INTERNAL', message: 'Something went wrong on our side', requestId: 'request-1' },
      })
    }
  })

  it('keeps its cause for the log', () => {
    const cause = new Error('the reason')
    expect(asAppError(cause).cause).toBe(cause)
    expect(asAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause })).cause).toBe(cause)
  })

  it('is found inside what wraps it', () => {
    const refusal = new AppError('SLUG_TAKEN', {})
    expect(asAppError(new TRPCError({ code: 'CONFLICT', cause: refusal }))).toBe(refusal)
  })

  it('is an output that breaks its schema is our fault, an input the caller’s', () => {
    const { error } = z.strictObject({ name: z.string() }).safeParse({ name: 1, x: 2 })
    expect(asAppError(error).error).toBe('INTERNAL')
    expect(problemOf(new TRPCError({ code: 'BAD_REQUEST', cause: error }), 'r').problem).toMatchObject({
      error: 'VALIDATION_FAILED',
      issues: [
        { path: 'name', message: expect.any(String) },
        { path: 'x', message: 'Unknown field' },
      ],
    })
  })

  it.each(['08006', '53300', '57P01', '57014', '55P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'])(
    'by the database as %s means: ask again later',
    (code) => {
      expect(asAppError(Object.assign(new Error('x'), { code })).error).toBe('UNAVAILABLE')
      expect(asAppError(Object.assign(new Error('wrapped'), { nativeError: Object.assign(new Error('x'), { code }) })).error).toBe(
        'UNAVAILABLE',
      )
    },
  )

  it.each(['22P02', '22021', '42601', '42501', '23514', '23502', 'MO500'])('by the database as %s is a defect of ours', (code) => {
    expect(asAppError(Object.assign(new Error('x'), { code })).error).toBe('INTERNAL')
  })

  it.each([
    ['organizations_slug_key', 'SLUG_TAKEN'],
    ['projects_slug_key', 'SLUG_TAKEN'],
    ['tasks_assignee_fkey', 'VALIDATION_FAILED'],
    ['tasks_project_fkey', 'PROJECT_NOT_FOUND'],
    ['some_other_key', 'INTERNAL'],
  ])('for the constraint %s is %s', (constraint, error) => {
    expect(asAppError(Object.assign(new Error('x'), { code: '23505', constraint })).error).toBe(error)
  })

  it('tells at most twenty issues, each cut short', () => {
    const { error } = z.strictObject({}).safeParse(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${'k'.repeat(300)}${i}`, 1])))
    const { problem } = problemOf(new TRPCError({ code: 'BAD_REQUEST', cause: error }), 'r')
    expect(problem.issues).toHaveLength(20)
    expect(JSON.stringify(problem).length).toBeLessThan(4_000)
  })
})
