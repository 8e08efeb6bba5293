import { shallowRef } from 'vue'
import type { Language } from '../words/languages'
import { readerOf } from '../words/reader'

const current = shallowRef<Language>('en')

/** In which language the window speaks. Whatever is said with `t` or `tell` while it is drawn is drawn anew when this changes. */
export function speak(language: Language): void {
  current.value = language
}

/** The person at the window. */
export const { language, locale, t, tell, list } = readerOf(() => current.value)
