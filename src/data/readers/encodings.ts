import { analyse } from 'chardet'
import iconv from 'iconv-lite'
import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { ENCODINGS, type EncodingName, type EncodingPreview } from '../reading-choices'
import { frequentIn } from './frequent-characters'

/** How a text is encoded, and whether that had to be guessed. */
export interface TextEncoding {
  readonly name: string
  readonly isGuessed: boolean
}

/** Only so much of a file is looked at. */
const MOST_LOOKED_AT = 256 * 1024
/** What a character says for an encoding that is rarely met. */
const RARE = 0.3
/** Katakana of half width: bytes that are letters elsewhere. */
const HALF_WIDTH = 0.6

/** What the statistics of chardet call an encoding, where it is called otherwise here. */
const NAMES_OF_CHARDET: Readonly<Record<string, EncodingName>> = {
  'EUC-KR': 'cp949',
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'ISO-8859-5': 'windows-1251',
  'ISO-8859-6': 'windows-1256',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
}

/** How typical a character is of texts in an encoding, 0 to 1. */
const TYPICAL: Readonly<Partial<Record<EncodingName, (character: string) => number>>> = {
  cp949: (one) => (frequentIn('cp949').has(one) ? 1 : RARE / 2),
  shift_jis: (one) =>
    /[ぁ-ヿー々]/.test(one) ? 1 : /[ｦ-ﾟ]/.test(one) ? HALF_WIDTH : frequentIn('shift_jis').has(one) ? 0.85 : RARE / 3,
  'euc-jp': (one) => (/[ぁ-ヿー々]/.test(one) ? 1 : frequentIn('euc-jp').has(one) ? 0.7 : RARE / 3),
  gb18030: (one) => (frequentIn('gb18030').has(one) ? 0.75 : RARE),
  big5: (one) => (frequentIn('big5').has(one) ? 0.7 : RARE),
  'windows-1251': (one) => (/[а-яё]/.test(one) ? 0.9 : /[А-ЯЁ]/.test(one) ? 0.6 : RARE),
  'koi8-r': (one) => (/[а-яё]/.test(one) ? 0.85 : /[А-ЯЁ]/.test(one) ? 0.5 : RARE),
  'windows-1255': (one) => (/[א-ת]/.test(one) ? 0.89 : RARE),
  'windows-1256': (one) => (/[ء-ي]/.test(one) ? 0.7 : RARE),
  'windows-874': (one) => (/[ก-๛]/.test(one) ? 0.7 : RARE),
  'windows-1253': (one) => (/[α-ωά-ώ]/.test(one) ? 0.9 : /[Α-ΩΆ-Ώ]/.test(one) ? 0.6 : RARE),
}

/**
 * How a text is encoded: as its byte order mark says, as UTF-8 if it is that, and otherwise as reads best.
 * @param head its beginning; cut off anywhere unless `isWhole`
 * @param chosen what a person says it is
 * @throws StudioError 'invalid-settings' if that is no encoding
 */
export function encodingOf(head: Uint8Array, isWhole: boolean, chosen?: string): TextEncoding {
  if (chosen !== undefined) return { name: knownEncoding(chosen), isGuessed: false }
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', isGuessed: false }
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', isGuessed: false }
  const bytes = head.subarray(0, MOST_LOOKED_AT)
  const isComplete = isWhole && bytes.length === head.length
  const wide = wideOf(bytes)
  if (wide !== null) return { name: wide, isGuessed: true }
  if (decoded(bytes, 'utf-8', isComplete) !== null) return { name: 'utf-8', isGuessed: false }
  const [best] = candidatesOf(bytes, isComplete)
  return { name: best ?? 'windows-1252', isGuessed: true }
}

/** The encodings that a text may be in, the likeliest first. */
export function candidatesOf(bytes: Uint8Array, isWhole: boolean): EncodingName[] {
  const confidence = new Map<string, number>()
  for (const match of analyse(bytes)) {
    const name = NAMES_OF_CHARDET[match.name] ?? match.name.toLowerCase()
    confidence.set(name, Math.max(confidence.get(name) ?? 0, match.confidence / 100))
  }
  return (Object.keys(ENCODINGS) as EncodingName[])
    .filter((name) => !name.startsWith('utf'))
    .map((name) => ({ name, score: scoreOf(bytes, name, isWhole, confidence.get(name) ?? 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name)
}

/** How well bytes read in an encoding; 0 if they cannot be. */
function scoreOf(bytes: Uint8Array, name: EncodingName, isWhole: boolean, confidence: number): number {
  const text = decoded(bytes, name, isWhole)
  if (text === null) return 0
  const typical = TYPICAL[name]
  let sum = 0
  let count = 0
  for (const { 0: one, index } of text.matchAll(/[^\p{ASCII}]/gu)) {
    count++
    const isOdd = typical !== undefined && (isAmongPlain(text, index, one) || isWrongWithin(text, index, one))
    sum += typical ? typical(one) * (isOdd ? RARE : 1) : letterInAWord(text, index, one)
  }
  return count === 0 ? 0.01 : (sum / count) * likelihoodOf(text, name) + confidence / 2 + ofChance(text, name)
}

/** Whether a capital stands behind a small letter of its own script, or a letter of Hebrew in the form of the end within a word. */
function isWrongWithin(text: string, at: number, one: string): boolean {
  if (/[ךםןףץ]/.test(one)) return /[א-ת]/.test(text[at + 1] ?? '')
  return /[А-ЯЁΑ-Ω]/.test(one) && /[а-яёα-ω]/.test(text[at - 1] ?? '')
}

/**
 * What speaks against a script whose bytes are letters of another one, too: Greek without any accent, Thai without the vowels and
 * tones that nearly every word has; of Russian without its last letters and capitals it is a little.
 */
function likelihoodOf(text: string, name: EncodingName): number {
  switch (name) {
    case 'windows-1253':
      return /[άέήίόύώΐΰ]/.test(text) || (text.match(/[α-ω]/g)?.length ?? 0) < 4 ? 1 : 0.6
    case 'windows-874':
      return /[เ-์]/.test(text) ? 1 : 0.7
    case 'windows-1251':
      return /[А-Яыьэюя]/.test(text) ? 1 : 0.97
    default:
      return 1
  }
}

/** What speaks for the commonest encoding, and for Turkish, where its letters stand in no word with those of Icelandic or Czech. */
function ofChance(text: string, name: EncodingName): number {
  if (name === 'windows-1254') return /[ğışİĞŞ]/.test(text) && !/[áéíóúæàèìòù]/.test(text) ? 0.1 : 0
  return name === 'windows-1252' ? 0.05 : 0
}

/** Whether a character stands alone beside plain letters or digits, as ° does in 25°C and no letter of another script. */
function isAmongPlain(text: string, at: number, one: string): boolean {
  const [before, after] = [text[at - 1] ?? ' ', text[at + one.length] ?? ' ']
  const isPlain = (character: string): boolean => /[A-Za-z0-9]/.test(character)
  const isAlone = /\p{ASCII}/u.test(before) && /\p{ASCII}/u.test(after)
  return isAlone && (isPlain(before) || isPlain(after) || /[^가-힣一-龯ぁ-ヿ]/.test(one))
}

/** Of Latin scripts: letters with accents stand between plain letters, small ones mostly, and signs beside words. */
function letterInAWord(text: string, at: number, one: string): number {
  const [before, after] = [text[at - 1] ?? '', text[at + one.length] ?? '']
  if (!/\p{L}/u.test(one)) {
    const isWithin = one !== '’' && /\p{L}/u.test(after)
    return /[°€£µ²³–—’“”…½§ ]/.test(one) && !isWithin ? 0.5 : 0.1
  }
  // As in "LódŸ" for "Łódź".
  if (/\p{Lu}/u.test(one) && /\p{Ll}/u.test(before)) return 0.1
  const isBeside = (index: number): boolean => /[A-Za-z]/.test(text[index] ?? '')
  const inWord = isBeside(at - 1) || isBeside(at + one.length)
  return (inWord ? 0.85 : 0.4) * (/\p{Ll}/u.test(one) ? 1 : 0.7)
}

/** UTF-16 without a byte order mark, by the zeros between plain characters. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  const length = Math.min(bytes.length & ~1, 4096)
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1]++
  const half = length / 2
  if (length < 8) return null
  if (zeros[1] > 0.4 * half && zeros[0] === 0) return 'utf-16le'
  return zeros[0] > 0.4 * half && zeros[1] === 0 ? 'utf-16be' : null
}

/** Bytes as text; null if they cannot be read so. The last character may be cut off unless they are all. */
function decoded(bytes: Uint8Array, name: string, isWhole: boolean): string | null {
  const decoder = iconv.getDecoder(name, { stripBOM: false })
  const text =
    decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) + (isWhole ? (decoder.end() ?? '') : '')
  // Characters that stand for what cannot be read, control characters that no text holds, and those for private use.
  return /[\ufffd\u0080-\u009f\ue000-\uf8ff]/.test(text) ? null : text
}

/** How many encodings are offered at most, and how many lines of each. */
const [MOST_OFFERED, MOST_LINES] = [8, 3]

/**
 * The encodings that the beginning of a file of text can be read in, the likeliest first, with the first lines that they
 * differ in; none of text that is the same in all.
 * @param used the encoding that it is read in, which is always among them
 */
export function offeredEncodings(beginning: Uint8Array, used: string): EncodingPreview[] {
  if (!used.startsWith('utf-16') && beginning.every((byte) => byte < 128)) return []
  const isUtf8 = decoded(beginning, 'utf-8', false) !== null
  const names = [used, ...(isUtf8 ? ['utf-8'] : []), ...candidatesOf(beginning, false)]
  // Encodings that give the same text are one choice.
  const texts = new Map<string, string>()
  for (const name of names) {
    const text = decoderOf(name).write(beginning)
    if (!texts.has(text)) texts.set(text, name)
  }
  return [...texts].slice(0, MOST_OFFERED).map(([text, name]) => {
    const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
    const telling = lines.filter((line) => /[^\p{ASCII}]/u.test(line))
    return { name, lines: [...telling, ...lines].slice(0, MOST_LINES) }
  })
}

/** Decodes a text piece by piece. */
export function decoderOf(name: string): { readonly write: (piece: Uint8Array) => string; readonly end: () => string } {
  const decoder = iconv.getDecoder(name)
  return {
    write: (piece) => decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length)),
    end: () => decoder.end() ?? '',
  }
}

function knownEncoding(name: string): string {
  if (iconv.encodingExists(name)) return name.toLowerCase()
  throw new StudioError(
    'invalid-settings',
    say('read.text.encoding.unknown', { encoding: quoted(name) }),
    say('read.text.encoding.unknown.hint', { encodings: Object.keys(ENCODINGS) }),
  )
}
