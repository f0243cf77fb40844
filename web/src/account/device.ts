/** What a user agent string says about a device, in words: `Firefox on Linux`. A guess, so only for people to recognise. */

export type Device = { name: string; isHandheld: boolean }

// The order matters: nearly every browser also names the ones it descends from.
const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^node\b|^undici/i, 'Node.js'],
]

const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Names browser and system as far as they are known. */
export function deviceOf(userAgent: string): Device {
  const browser = nameIn(browsers, userAgent)
  const system = nameIn(systems, userAgent)
  const name =
    browser && system ? `${browser} on ${system}` : browser || (system ? `A browser on ${system}` : 'A device that does not say what it is')
  return { name, isHandheld: ['iPhone', 'iPad', 'Android'].includes(system) }
}

const nameIn = (table: [RegExp, string][], text: string): string => table.find(([pattern]) => pattern.test(text))?.[1] ?? ''
