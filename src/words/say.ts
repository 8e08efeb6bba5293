import { IntlMessageFormat } from 'intl-messageformat'
import { english } from './english'
import { korean } from './korean'
import { inOneLine } from './one-line'
import { localeOf, type Language } from './languages'
import { withParticles } from './particles'
import { isList, type Filling, type Placeholders, type Sentence } from './placeholders'

export type { Filling, Sentence }

/** The key of a message. */
export type MessageKey = keyof typeof english

/** What fills the placeholders of a message. */
export type Values<Key extends MessageKey> = Placeholders<(typeof english)[Key]>

/** The values as parameters: none where the message has no placeholder. */
export type ValuesOf<Key extends MessageKey> = keyof Values<Key> extends never ? [] : [values: Values<Key>]

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: english, ko: korean }

/** Undefined where there is none of that key, which may come from a file and be anything. */
function messageOf(language: Language, key: string): string | undefined {
  const catalogue = CATALOGUES[language]
  return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
}

/** A sentence that can be said in every language, on one line whatever its values. */
export function say<Key extends MessageKey>(key: Key, ...[values]: ValuesOf<Key>): Sentence {
  const filled: Sentence['values'] = Object.fromEntries(
    Object.entries<Filling>({ ...values }).map(([name, filling]) => [name, onOneLine(filling)]),
  )
  return { key, values: filled, english: formatted('en', key, filled)?.trim() ?? key }
}

/** A message of the catalogue in that language. */
export function inWords<Key extends MessageKey>(language: Language, key: Key, ...[values]: ValuesOf<Key>): string {
  return formatted(language, key, { ...values }) ?? key
}

/** A text that is the same in every language, since it comes from elsewhere: a system, a file, a library. */
export function verbatim(text: string): Sentence {
  return { key: VERBATIM, values: {}, english: inOneLine(text) }
}
const VERBATIM = ''

function onOneLine(filling: Filling): Filling {
  if (typeof filling === 'string') return visible(filling)
  return isList(filling) ? filling.map((one) => (typeof one === 'string' ? visible(one) : one)) : filling
}

/** Of a longer text, such as the name of a column may be, a sentence has the beginning and the end. */
const LENGTH = { most: 400, beginning: 300, end: 80 } as const

/** A text from outside as it stands in a sentence: on one line, not too long; of one that is blank it is seen that it is. */
function visible(text: string): string {
  const line = inOneLine(text)
  if (/^\s+$/.test(line)) return '“ ”'
  if (line.length <= LENGTH.most) return line
  const letters = Array.from(line)
  return `${letters.slice(0, LENGTH.beginning).join('')}…${letters.slice(-LENGTH.end).join('')}`
}

/** A sentence in that language; in English if it is of another version, whose messages are not known here. */
export function said(language: Language, sentence: Sentence): string {
  if (language === 'en' || sentence.key === VERBATIM) return sentence.english
  return formatted(language, sentence.key, sentence.values)?.trim() ?? sentence.english
}

/** Texts joined as that language lists them: "a, b and c", or "a, b or c" where it is one of them. */
export function listed(
  language: Language,
  texts: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(localeOf(language), { type }).format(texts)
}

/** What becomes of the text between `<name>` and `</name>`. */
export type Tags<Piece> = Readonly<Record<string, (inside: string) => Piece>>

/** A message with tags as pieces: texts, and what `tags` made of the text between `<name>` and `</name>`. */
export function inPieces<Piece>(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, Filling>>,
  tags: Tags<Piece>,
): (string | Piece)[] {
  return pieces(language, key, values, tags) ?? [key]
}

/** A sentence with tags as pieces, as `inPieces` makes them; tags that are not named are as if they were not there. */
export function saidInPieces<Piece>(language: Language, sentence: Sentence, tags: Tags<Piece>): (string | Piece)[] {
  return pieces(language, sentence.key, sentence.values, tags) ?? [sentence.english]
}

/** What is between tags, so that its last sound is known. */
interface Tagged {
  readonly name: string
  readonly inside: string
}

function pieces<Piece>(
  language: Language,
  key: string,
  values: Sentence['values'],
  tags: Tags<Piece>,
): (string | Piece)[] | null {
  const format = formatOf(language, key)
  if (format === null) return null
  const particles = language === 'ko' ? withParticles : (text: string): string => text
  const tagged = (name: string) => (inside: string[]) => {
    const text = inside.join('')
    return name in tags ? { name, inside: particles(text) } : text
  }
  const filled = { ...fillings(language, values), ...inTags(language, key, tagged) } as never
  const parts: string | Tagged | (string | Tagged)[] = format.format<Tagged>(filled)
  let before = ''
  return [parts].flat().map((part) => {
    const text = typeof part === 'string' ? particles(part, before) : part.inside
    before = text
    return typeof part === 'string' ? text : tags[part.name](text)
  })
}

/** What becomes of each tag that a message has. */
function inTags<Made>(language: Language, key: string, make: (name: string) => Made): Record<string, Made> {
  const names = (messageOf(language, key) ?? '').matchAll(/<([a-z-]+)>/g)
  return Object.fromEntries(Array.from(names, ([, name]) => [name, make(name)]))
}

/** What a tag is where nothing becomes of it. */
function untagged(): (inside: string[]) => string {
  return (inside) => inside.join('')
}

/** Null if there is no such message, or what fills it is not what it asks for. */
function formatted(language: Language, key: string, values: Sentence['values']): string | null {
  const text = messageOf(language, key)
  if (text === undefined) return null
  try {
    const filled = BARE.test(text)
      ? withFillings(text, fillings(language, values))
      : String(
          formatOf(language, key)?.format({
            ...fillings(language, values),
            ...inTags(language, key, untagged),
          } as never) ?? '',
        )
    return language === 'ko' ? withParticles(filled) : filled
  } catch {
    return null
  }
}

/** Most messages are text with at most bare placeholders. They need not be taken apart, for which programs would start later. */
const BARE = /^(?:[^{}<']|<(?=\{)|\{\w+\})*$/

/** @throws Error if nothing fills a placeholder */
function withFillings(text: string, filled: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(filled, name)) throw new Error(`nothing fills “${name}”`)
    return String(filled[name])
  })
}

const formats = new Map<string, IntlMessageFormat>()

function formatOf(language: Language, key: string): IntlMessageFormat | null {
  const name = `${language} ${key}`
  const known = formats.get(name)
  if (known) return known
  const text = messageOf(language, key)
  if (text === undefined) return null
  const format = new IntlMessageFormat(text, localeOf(language))
  formats.set(name, format)
  return format
}

function fillings(language: Language, values: Sentence['values']): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([name, filling]) => [name, fillingIn(language, filling)]))
}

function fillingIn(language: Language, filling: Filling): string | number {
  if (typeof filling === 'string' || typeof filling === 'number') return filling
  if (isList(filling))
    return listed(
      language,
      filling.map((one) => (typeof one === 'string' ? one : said(language, one))),
    )
  return said(language, filling)
}
