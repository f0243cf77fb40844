/** Copies the built web app and puts its compressed forms beside each file, once: `node compress.mjs web/dist /edge/web`. */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const [built, web] = process.argv.slice(2)
cpSync(built, web, { recursive: true })
for (const entry of readdirSync(web, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name)
  if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest)$/.test(file)) continue
  const bytes = readFileSync(file)
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
  const forms = { gz: gzipSync(bytes, { level: 9 }), br: brotliCompressSync(bytes, brotli) }
  for (const [ending, small] of Object.entries(forms)) if (small.length < bytes.length) writeFileSync(`${file}.${ending}`, small)
}
