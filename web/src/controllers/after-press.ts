/** Waits with what moves the page until a press has become a click: else the button slides away from under the finger. */

let isPressed = false
addEventListener('pointerdown', () => (isPressed = true), { capture: true, passive: true })
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (isPressed = false), { capture: true, passive: true })

/** Does `work` now, or right after the click that is being made. */
export function afterPress(work: () => void) {
  if (isPressed) addEventListener('pointerup', () => setTimeout(work), { once: true })
  else work()
}
