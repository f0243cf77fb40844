/** The sheets that most elements adopt: `kit` for the parts, `page` for whole pages. */
import baseText from './base.css?inline'
import buttonsText from './buttons.css?inline'
import choicesText from './choices.css?inline'
import fieldsText from './fields.css?inline'
import layoutText from './layout.css?inline'
import noticesText from './notices.css?inline'
import peopleText from './people.css?inline'
import menuText from './menu.css?inline'
import { sheet } from './sheet.ts'

/** Reset and type. */
export const base = sheet(baseText)

/** What a part of the kit with buttons or fields needs. */
export const kit: CSSStyleSheet[] = [base, sheet(buttonsText), sheet(fieldsText), sheet(choicesText)]

/** What every page needs: `static override styles = [...page, sheet(tasksText)]`. */
export const page: CSSStyleSheet[] = [...kit, sheet(peopleText), sheet(noticesText), sheet(menuText), sheet(layoutText)]
