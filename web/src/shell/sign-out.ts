/** Signs out, and says so when only this browser knows of it. */
import { session } from '../session.ts'
import { ToastEvent } from '../ui/events.ts'

export async function signOut(): Promise<void> {
  try {
    await session.end()
  } catch {
    // The session is gone here all the same; on the server it runs out by itself.
    document.dispatchEvent(new ToastEvent({ said: 'Signed out here; the server could not be told.', tone: 'bad' }))
  }
}
