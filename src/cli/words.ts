import { languageOf } from '../words/languages'
import { readerOf } from '../words/reader'

/** The language that a person asked for: `--lang`, or what the system says by LC_ALL, LC_MESSAGES or LANG. */
export function languageAsked(argv: readonly string[], env: NodeJS.ProcessEnv): string {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const typed = at < 0 ? undefined : argv[at].includes('=') ? argv[at].split('=')[1] : argv[at + 1]
  return typed ?? (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en')
}

const spoken = languageOf([languageAsked(process.argv.slice(2), process.env)])

/** The person at the terminal. What scripts read (`--json`) is in English. */
export const { language, locale, t, tell, list } = readerOf(() => spoken)
