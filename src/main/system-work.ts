import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron'
import { ShownWork } from './shown-work'
import { tell } from './words'

/** Shows work in the task bar, in notifications, and to what would put the computer to sleep. */
export function workShownBy(window: () => BrowserWindow | null, staysAwake: () => boolean): ShownWork {
  let blocker: number | null = null
  /** What is not held on to is collected as garbage, and a click on it leads nowhere. */
  let notification: Notification | null = null
  const usable = (): BrowserWindow | null => {
    const now = window()
    return now === null || now.isDestroyed() ? null : now
  }
  return new ShownWork({
    show: (shown) => {
      if (shown === null) usable()?.setProgressBar(-1)
      // Above 1 it moves without saying how far it is.
      else usable()?.setProgressBar(shown.share ?? 2, { mode: shown.mode })
    },
    notify: ({ title, text }) => {
      if (!Notification.isSupported()) return
      notification?.close()
      notification = new Notification({ title: tell(title), body: text ? tell(text) : '' })
      notification.on('click', () => {
        usable()?.show()
        usable()?.focus()
      })
      notification.show()
    },
    keepAwake: (on) => {
      if (blocker !== null) powerSaveBlocker.stop(blocker)
      blocker = on ? powerSaveBlocker.start('prevent-app-suspension') : null
    },
    isLookedAt: () => usable()?.isFocused() ?? false,
    staysAwake,
  })
}
