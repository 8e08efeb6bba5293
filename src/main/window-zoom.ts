import type { BrowserWindow } from 'electron'

/** How much larger everything is from so many pixels of width on: a large window is read from further away. */
const STEPS: readonly (readonly [width: number, factor: number])[] = [
  [2500, 1.5],
  [1880, 1.25],
  [1640, 1.15],
]

/** Chromium keeps its own rounding of a factor. */
const ROUNDING = 0.01

/** The size of everything in a window of that width, in device-independent pixels; 1 is the usual one. */
export function zoomFor(width: number): number {
  return STEPS.find(([least]) => width >= least)?.[1] ?? 1
}

/** Keeps text and controls as large as suits the window, until the person chooses a size of their own. */
export function fitZoom(window: BrowserWindow): void {
  let fitted = 1
  const isOfNow = (factor: number): boolean => Math.abs(window.webContents.getZoomFactor() - factor) <= ROUNDING
  const fit = (): void => {
    const wanted = zoomFor(window.getContentBounds().width)
    if (!isOfNow(fitted) || wanted === fitted) return
    fitted = wanted
    window.webContents.setZoomFactor(wanted)
  }
  window.webContents.once('did-finish-load', () => {
    // Chromium remembers the size of the start before, which is theirs only if it suits no window.
    fitted = STEPS.find(([, factor]) => isOfNow(factor))?.[1] ?? 1
    fit()
  })
  window.on('resize', fit)
}
