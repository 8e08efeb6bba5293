import { onBeforeUnmount, onMounted } from 'vue'

/** Calls `draw` whenever faces of a font have been loaded: a canvas, for one, does not draw again what it drew without them. */
export function useArrivingFonts(draw: () => void): void {
  onMounted(() => document.fonts.addEventListener('loadingdone', draw))
  onBeforeUnmount(() => document.fonts.removeEventListener('loadingdone', draw))
}
