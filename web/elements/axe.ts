/** What an accessibility checker says about what stands on the page, in both themes. */
import axe from 'axe-core'

const wanted = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
}

const found = async (theme: 'light' | 'dark'): Promise<string[]> => {
  document.documentElement.dataset['theme'] = theme
  const { violations } = await axe.run(document.body, wanted as axe.RunOptions)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${theme}: ${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** Complaints about the whole page; an empty list is good. */
export const complaints = async (): Promise<string[]> => [...(await found('light')), ...(await found('dark'))]
