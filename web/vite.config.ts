/** How the web app is built: no inline code, no inline assets, hashed names; and where the development server sends its calls. */
import { defineConfig } from 'vite'
import { lucide } from './build/lucide.ts'

const server = process.env['MORTISE_SERVER'] ?? 'http://localhost:3000'
const proxied = { target: server, changeOrigin: false }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [lucide()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: URL is an exception to the content security policy
    modulePreload: { polyfill: false }, // the polyfill is an inline script
    reportCompressedSize: false,
    // Its own chunk, so that pages share it and the budget can name it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod/ }] } } },
  },
  server: { port: 5173, proxy: { '/trpc': proxied, '/api': proxied, '/docs': proxied, '/health': proxied } },
})
