import { onBeforeUnmount, watchEffect } from 'vue'
import { language } from '../words'
import { useArrivingFonts } from './useArrivingFonts'

/** Tells the page in which language it is, by which browsers break lines and screen readers speak; called once by the frame. */
export function useLanguageOfWindow(): void {
  watchEffect(() => {
    document.documentElement.lang = language()
  })
  let later: ReturnType<typeof setTimeout> | undefined
  useArrivingFonts(() => {
    drawTextsAnew()
    // A busy computer may draw that before the face can be used.
    clearTimeout(later)
    later = setTimeout(drawTextsAnew, REST_MS)
  })
  onBeforeUnmount(() => clearTimeout(later))
}

/** After so long nothing of a font is on its way any more. */
const REST_MS = 400

/**
 * Makes Chromium draw all texts again: now and then it leaves one as it was while its face was on its way, in boxes. It keeps what
 * a text looked like for each way to draw it, so that one must be asked for that there never was.
 */
function drawTextsAnew(): void {
  document.documentElement.style.setProperty('--drawn', String(++drawn))
}
let drawn = 0
