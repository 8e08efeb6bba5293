import { languageOf, type Language } from '../words/languages'
import { readerOf } from '../words/reader'

let spoken: Language = languageOf([])

/** In which language menus and dialogs speak from now on. */
export function speak(language: Language): void {
  spoken = language
}

/** The person whom menus and dialogs of the system speak to. */
export const { language, locale, t, tell, list } = readerOf(() => spoken)
