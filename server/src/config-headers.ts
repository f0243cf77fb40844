/** Settings of the headers that close a browser down: what an operator may open, and the sentence that says so in the log. */
import { z } from 'zod'

/** A URL may have * and ; in its host (WHATWG URL), which a policy would take for more than a host. */
const plainHost = /^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/
const isOrigin = (text: string) => plainHost.test(text) && URL.canParse(text) && new URL(text).origin === text

const list = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .optional()
    .transform((text = '') => text.split(/[, ]+/).filter((word) => word !== ''))
    .pipe(z.array(item))

/** Origins to the letter, with commas between. No wildcard and no `'unsafe-inline'` passes for one. */
export const origins = list(z.string().refine(isOrigin, 'Must be origins such as https://app.example, with commas between'))

/** What a page may ask the browser for, where it is allowed. */
export const features = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'browsing-topics'] as const

export const headerKeys = {
  CSP_CONNECT_SRC: {
    schema: origins,
    about: 'Other origins that pages may call, such as a collector of telemetry, with commas between.',
  },
  CSP_IMG_SRC: { schema: origins, about: 'Other origins whose pictures pages may show, with commas between.' },
  CSP_REPORT_TO: {
    // a ; or , would end the directive or the header
    schema: z
      .string()
      .regex(/^https:\/\/[^\s;,"'\\]+$/, 'Must be an https URL without ; , or quotes')
      .refine((text) => URL.canParse(text), 'Must be a URL')
      .optional(),
    about: 'Address that browsers report violations of the policy to.',
  },
  CSP_REPORT_ONLY: {
    schema: z.enum(['true', 'false']).transform((text) => text === 'true'),
    fallback: 'false',
    about: 'Whether the policy of pages is reported and not kept, to try another one. Who may frame them is kept all the same.',
  },
  FRAME_ANCESTORS: {
    schema: list(
      z
        .string()
        .refine((text) => text === 'self' || isOrigin(text), 'Must be self or origins such as https://portal.example, with commas between'),
    ),
    about: 'Who may show pages in a frame: `self` or origins, with commas between. Nobody unless said.',
  },
  PERMISSIONS_POLICY: {
    schema: list(z.enum(features)),
    about: `What pages may ask a browser for, with commas between, of ${features.map((name) => `\`${name}\``).join(', ')}. Nothing unless said.`,
  },
  REFERRER_POLICY: {
    schema: z.enum(['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']),
    fallback: 'no-referrer',
    about: 'What other sites learn of where somebody came from.',
  },
  CROSS_ORIGIN_OPENER_POLICY: {
    schema: z.enum(['same-origin', 'same-origin-allow-popups']),
    fallback: 'same-origin',
    about: 'Whether windows of other sites that a page opens may speak to it, as some sign-in providers need.',
  },
} as const

export type HeaderConfig = Readonly<{ [Name in keyof typeof headerKeys]: z.output<(typeof headerKeys)[Name]['schema']> }>

/** A sentence for each of them that is weaker than it need be. */
export const headerWeaknesses = (config: HeaderConfig): (string | false)[] => [
  config.CSP_CONNECT_SRC.length > 0 && `CSP_CONNECT_SRC lets pages call other origins: ${config.CSP_CONNECT_SRC.join(', ')}`,
  config.CSP_IMG_SRC.length > 0 && `CSP_IMG_SRC lets pages show pictures of other origins: ${config.CSP_IMG_SRC.join(', ')}`,
  config.CSP_REPORT_ONLY && 'CSP_REPORT_ONLY is true: the policy of pages is reported and not kept',
  config.FRAME_ANCESTORS.length > 0 && `FRAME_ANCESTORS lets pages be framed by ${config.FRAME_ANCESTORS.join(', ')}`,
  config.PERMISSIONS_POLICY.length > 0 && `PERMISSIONS_POLICY lets pages ask for ${config.PERMISSIONS_POLICY.join(', ')}`,
  config.REFERRER_POLICY.startsWith('strict') && `REFERRER_POLICY is ${config.REFERRER_POLICY}: other sites learn our address`,
  config.CROSS_ORIGIN_OPENER_POLICY !== 'same-origin' &&
    `CROSS_ORIGIN_OPENER_POLICY is ${config.CROSS_ORIGIN_OPENER_POLICY}: windows of other sites may speak to pages`,
]
