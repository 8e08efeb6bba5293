import { watchEffect } from 'vue'
import { language } from '../words'

/** Tells the page in which language it is, by which browsers break lines and screen readers speak; called once by the frame. */
export function useLanguageOfWindow(): void {
  watchEffect(() => {
    document.documentElement.lang = language()
  })
}
