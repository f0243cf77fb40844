/** Swagger UI for the REST door, from our own files, so that it works offline and under the policy. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Router } from 'express'
import type { HeaderConfig } from '../config-headers.ts'
import { policyHeaders } from './security-headers.ts'

const distribution = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** The package brings more, its own page among it; nothing else is served. */
const files = ['/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png']

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mortise API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/open.js"></script>
</html>
`
const script = `SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, tryItOutEnabled: true })\n`

export function docs(r: { config: HeaderConfig }): Router {
  return Router()
    .use(policyHeaders(r, 'document'))
    .get('/', (_req, res) => void res.type('html').send(page))
    .get('/open.js', (_req, res) => void res.type('js').send(script))
    .get(files, (req, res) =>
      res.sendFile(req.path.slice(1), { root: distribution, etag: false, cacheControl: false, acceptRanges: false }),
    )
}
