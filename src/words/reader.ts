import { inWords, listed, said, type MessageKey, type Sentence, type ValuesOf } from './say'
import { localeOf, type Language } from './languages'

/** How a reader is spoken to. */
export interface Reader {
  readonly language: () => Language
  /** BCP 47 tag, for numbers and dates. */
  readonly locale: () => string
  /** A message of the catalogue. */
  readonly t: <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>) => string
  /** A sentence that came from elsewhere. */
  readonly tell: (sentence: Sentence) => string
  /** "a, b and c" */
  readonly list: (texts: readonly string[]) => string
  /** "a, b or c" */
  readonly either: (texts: readonly string[]) => string
}

/** Speaks to a reader in the language that is theirs when something is said. */
export function readerOf(language: () => Language): Reader {
  return {
    language,
    locale: () => localeOf(language()),
    t: (key, ...values) => inWords(language(), key, ...values),
    tell: (sentence) => said(language(), sentence),
    list: (texts) => listed(language(), texts),
    either: (texts) => listed(language(), texts, 'disjunction'),
  }
}
