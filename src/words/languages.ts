/** The languages that MADE Studio speaks; each has a folder of messages beside this file. */
export const LANGUAGES = [
  { id: 'en', name: 'English', locale: 'en-GB' },
  { id: 'ko', name: '한국어', locale: 'ko-KR' },
] as const

export type Language = (typeof LANGUAGES)[number]['id']

export const LANGUAGE_IDS: readonly Language[] = LANGUAGES.map(({ id }) => id)

/** What a person chooses: a language, or that of the system. */
export type LanguageChoice = 'system' | Language
export const LANGUAGE_CHOICES: readonly LanguageChoice[] = ['system', ...LANGUAGE_IDS]

/** The BCP 47 tag by which numbers, dates and lists are written in that language. */
export function localeOf(language: Language): string {
  return LANGUAGES.find(({ id }) => id === language)?.locale ?? 'en-GB'
}

/**
 * The language of the first tag that is spoken here; English if none is.
 * @param tags as systems name languages, the most wanted first: "ko", "ko-KR", "ko_KR.UTF-8"
 */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const spoken = LANGUAGE_IDS.find((id) => id === tag.toLowerCase().split(/[-_.@]/)[0])
    if (spoken !== undefined) return spoken
  }
  return 'en'
}

/** The language that a choice stands for. @param system as for `languageOf` */
export function languageMeant(choice: LanguageChoice, system: readonly string[]): Language {
  return choice === 'system' ? languageOf(system) : choice
}
