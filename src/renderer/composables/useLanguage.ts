import { watchEffect } from 'vue'
import { language } from '../words'
import { useArrivingFonts } from './useArrivingFonts'

/** Tells the page in which language it is, by which browsers break lines and screen readers speak; called once by the frame. */
export function useLanguageOfWindow(): void {
  watchEffect(() => {
    document.documentElement.lang = language()
  })
  useArrivingFonts(drawTextsAnew)
}

/**
 * Makes Chromium draw all texts again: now and then it leaves one as it was while its face was on its way, in boxes. Both ways to draw
 * them look the same at the sizes of a window.
 */
function drawTextsAnew(): void {
  // Turned on and off within a frame it would be as it was.
  frame ??= requestAnimationFrame(() => {
    frame = null
    document.documentElement.classList.toggle('drawn-anew')
  })
}
let frame: number | null = null
