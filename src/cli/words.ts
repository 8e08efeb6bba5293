import { LANGUAGE_IDS, languageOf, type Language } from '../words/languages'
import { readerOf } from '../words/reader'

/** The language that the system asks for, as C libraries find it: the first of these that says anything. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const

let spoken: Language | null = null

/**
 * From now on that language is spoken: `--lang`, or what the system says. A word that is no language is refused when
 * options are read.
 * @param argv what is typed after the name of the program
 */
export function speakAsAsked(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const typed = typedLanguage(argv)
  spoken =
    LANGUAGE_IDS.find((id) => id === typed) ?? languageOf([VARIABLES.map((name) => env[name]).find(Boolean) ?? ''])
}

/** Does work whose words are English whatever language is spoken. */
export function inEnglish<T>(work: () => T): T {
  const before = spoken
  spoken = 'en'
  try {
    return work()
  } finally {
    spoken = before
  }
}

/** The value of `--lang`, the last if there are several, as with every option. */
function typedLanguage(argv: readonly string[]): string | null {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  const at = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  if (at < 0) return null
  return words[at].includes('=') ? words[at].slice(words[at].indexOf('=') + 1) : (words[at + 1] ?? null)
}

/** The person at the terminal. What scripts read (`--json`) is in English. */
export const reader = readerOf(() => spoken ?? 'en')
export const { t, tell, list } = reader
