/** Stands in for the element tests where there is no browser, so that the report shows what did not run. */
import { expect, it } from 'vitest'

it('elements and controllers stand in a real browser', ({ skip }) => {
  skip('no Chromium was found; install one or set CHROMIUM_PATH')
  expect.unreachable()
})
