/** Light, dark or as the system says; kept for the next visit, where before-paint.js reads it. */

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const root = document.documentElement

export const theme = (): Theme => (root.dataset['theme'] as Theme | undefined) ?? 'system'

export const isDark = (): boolean => (theme() === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme() === 'dark')

export function setTheme(wanted: Theme) {
  if (wanted === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = wanted
  keep('mortise-theme', wanted)
  dispatchEvent(new Event('theme-change'))
}

export const switchTheme = () => setTheme(isDark() ? 'light' : 'dark')

export const density = (): Density => (root.dataset['density'] === 'compact' ? 'compact' : 'comfortable')

export function setDensity(wanted: Density) {
  root.dataset['density'] = wanted
  keep('mortise-density', wanted)
}

function keep(name: string, value: string) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Refused storage: it holds for this page only.
  }
}
