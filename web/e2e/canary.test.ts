/** The instruments of the journeys can say no: each is held against something that is wrong. */
import { describe, expect, it } from 'vitest'
import { axeComplaints } from './support/axe.ts'
import { aVisitor } from './support/browser.ts'
import { focusOf, sidewaysScroll } from './support/measures.ts'

const atTheDoor = async () => {
  const visitor = await aVisitor({ viewport: { width: 320, height: 640 } })
  await visitor.page.goto('/sign-in')
  await expect(visitor.page.getByRole('heading', { name: 'Sign in' })).toAppear()
  return visitor
}

describe('the instruments', () => {
  it('hear a style attribute, a picture from elsewhere and text that becomes markup', async () => {
    const { page, complaints } = await atTheDoor()
    expect(complaints).toEqual([])
    await page.evaluate(() => {
      document.body.setAttribute('style', 'color: red')
      new Image().src = 'https://elsewhere.example/x.png'
    })
    await expect(page.evaluate(() => void (document.body.innerHTML = '<b>made of text</b>'))).rejects.toThrow('TrustedHTML')
    await expect
      .poll(() => complaints.filter((complaint) => complaint.startsWith('policy:')).join('\n'))
      .toMatch(/style-src-attr[^]*require-trusted-types-for/)
    expect(complaints.join('\n')).toContain('elsewhere.example')
  })

  it('hear an error in the console and an exception that nobody caught', async () => {
    const { page, complaints } = await atTheDoor()
    await page.evaluate(() => {
      globalThis.console.error('something is off')
      setTimeout(() => {
        throw new Error('nobody catches this')
      })
    })
    await expect.poll(() => complaints.join('\n')).toMatch(/console: something is off[^]*exception: nobody catches this/)
  })

  it('see a button without a name and a picture without words', async () => {
    const { page } = await atTheDoor()
    await expect(page).toBeAccessible()
    await page.evaluate(() =>
      document.querySelector('app-sign-in-page')?.shadowRoot?.querySelector('main')?.append(document.createElement('button')),
    )
    expect((await axeComplaints(page)).join('\n')).toContain('button-name')
    await expect(expect(page).toBeAccessible()).rejects.toThrow('button-name')
  })

  it('see a page that is wider than its window', async () => {
    const { page } = await atTheDoor()
    await expect(page).toFitItsWindow()
    await page.evaluate(() => {
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
      bar.setAttribute('width', '900')
      document.body.append(bar)
    })
    expect((await sidewaysScroll(page)).wider).toBeGreaterThan(500)
    await expect(expect(page).toFitItsWindow()).rejects.toThrow('wider than its window')
  })

  it('see a focus without a ring, and wait no longer than they are told', async () => {
    const { page } = await atTheDoor()
    await page.keyboard.press('Tab')
    expect(await focusOf(page)).toMatchObject({ name: 'Continue as guest', isVisible: true })
    await page.evaluate(() => {
      const hidden = new CSSStyleSheet()
      hidden.replaceSync('* { outline: none !important }')
      const root = document.querySelector('app-sign-in-page')?.shadowRoot
      if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, hidden]
    })
    expect(await focusOf(page)).toMatchObject({ name: 'Continue as guest', isVisible: false })
    await expect(expect(page.getByText('never there')).toAppear(50)).rejects.toThrow('was not visible')
  })
})
