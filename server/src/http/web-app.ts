/** Serves the built web app: assets for ever, the shell for every page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { Router } from 'express'
import { AppError } from '../errors.ts'
import type { HeaderConfig } from '../config-headers.ts'
import { policyHeaders } from './security-headers.ts'

const built = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/**
 * An address without a dot is a page and gets the shell, which asks for the rest; anything else is a file or 404, and so is what
 * the API does not know: a program that asks for any content must not take a page for an answer. Hashed assets never change, the
 * shell is asked for each time.
 */
export function webApp(r: { config: HeaderConfig }, directory = built): Router {
  const shell = existsSync(`${directory}index.html`) ? readFileSync(`${directory}index.html`) : undefined
  const files = express.static(directory, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    acceptRanges: false,
    etag: false,
    setHeaders: (res, path) =>
      void res.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  const real = realFilesIn(directory)
  return Router()
    .use((req, res, next) => (real.has(req.path) ? files(req, res, next) : next()))
    .get(
      /^(?!\/(?:api|trpc)(?:\/|$))[^.]*$/i,
      (req, _res, next) => next(shell === undefined || !req.accepts('html') ? new AppError('ROUTE_NOT_FOUND', {}) : undefined),
      policyHeaders(r, 'page'),
      (_req, res) => void res.setHeader('Cache-Control', 'no-cache').type('html').send(shell),
    )
}

/** Addresses of the files of a build. A link is none of them: it may lead anywhere on the machine. */
function realFilesIn(directory: string): Set<string> {
  if (!existsSync(directory)) return new Set()
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Set(entries.map((entry) => `/${relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, '/')}`))
}
