import type { BrowserWindow } from 'electron'

/** How much larger everything is on a projector, which is looked at from the back of a room. */
const ENLARGED = 1.5

/** A window that is projected: full screen, and larger. */
export class Projection {
  /** The size of everything before; null: nothing is projected. */
  private before: number | null = null

  /** @param onLeft is told when the system left the full screen by itself */
  constructor(
    private readonly window: BrowserWindow,
    private readonly onLeft: () => void,
  ) {
    window.on('leave-full-screen', () => {
      if (this.before !== null) this.onLeft()
    })
  }

  begin(): void {
    if (this.before !== null) return
    this.before = this.window.webContents.getZoomFactor()
    this.window.setFullScreen(true)
    this.window.webContents.setZoomFactor(ENLARGED * this.before)
  }

  end(): void {
    if (this.before === null) return
    this.window.webContents.setZoomFactor(this.before)
    this.before = null
    this.window.setFullScreen(false)
  }
}
