/** Every element test stands on the document's own sheet, as in the app. */
import { afterEach } from 'vitest'
import '../src/styles/document.css'

// A colour on its way from one theme to the other is neither.
for (const motion of ['--fast', '--move']) document.documentElement.style.setProperty(motion, '0ms')

afterEach(() => {
  document.body.replaceChildren()
  delete document.documentElement.dataset['theme']
})
