/** The three things a check of the doctor can say. */

/** All is well; `says` is a fact worth reading ("Node.js 20.20.2"). */
export const ok = (says) => ({ state: 'ok', says })

/** Nothing is broken, but a person should know; `todo` may be left out. */
export const note = (says, todo) => ({ state: 'note', says, todo })

/** Mortise cannot work like this; `todo` is the next thing to do, in one sentence. */
export const broken = (says, todo) => ({ state: 'broken', says, todo })
