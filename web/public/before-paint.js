/* What must be settled before anything is painted or evaluated. It blocks rendering, so it stays this small. */
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('mortise-theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    root.dataset.density = localStorage.getItem('mortise-density') === 'compact' ? 'compact' : 'comfortable'
    root.dataset.known = localStorage.getItem('mortise-signed-in') === 'yes' ? 'yes' : 'no'
  } catch {
    /* Storage may be refused: then the system's theme and the sign-in picture are right. */
    root.dataset.known = 'no'
  }

  /* zod tries `new Function` when its first schema is made, which the content security policy forbids and reports.
     Its configuration lives on globalThis, so that it can be told before its code arrives, whichever chunk brings it. */
  globalThis.__zod_globalConfig = { jitless: true }
})()
