import { shallowRef } from 'vue'
import { columnIn, withColumnsIn } from '../shared/column-title'
import type { Language } from '../words/languages'
import { readerOf } from '../words/reader'
import type { Sentence } from '../words/say'

const current = shallowRef<Language>('en')

/** In which language the window speaks. Whatever is said with `t` or `tell` while it is drawn is drawn anew when this changes. */
export function speak(language: Language): void {
  current.value = language
}

/** The person at the window. */
const reader = readerOf(() => current.value)
export const { language, locale, t, list, either } = reader

/** A sentence that came from elsewhere, in which columns are called as everywhere in the window. */
export function tell(sentence: Sentence): string {
  return reader.tell(withColumnsIn(language(), sentence))
}

/** What a column is called in the window, or a label, or a bit: by its name, if it has one. */
export function columnTitle(name: string | Sentence): string {
  return typeof name === 'string' ? columnIn(language(), name) : tell(name)
}
