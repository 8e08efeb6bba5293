import { StudioError } from '../../base/failure'
import type { Note } from '../../base/advice'
import { say } from '../../words/say'
import { TO_READ_ENCODING } from '../deciding'
import { chunksOf, type Content } from './content'
import { encodingWords } from '../reading-choices'
import { decoderOf, encodingOf, type TextEncoding } from './encodings'
import { latin1 } from './field'
import type { Reading } from './reading'

/** A row longer than this, in bytes, is no row of data. */
const MOST_ROW_BYTES = 16 * 1024 * 1024
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const

/**
 * Reads as many complete rows as it finds at the beginning of `bytes[0..length)`.
 * @param isLast nothing comes after these bytes: the last row need not end with a line feed
 * @returns how many bytes it is done with
 */
export type RowParser = (bytes: Uint8Array, length: number, isLast: boolean) => number

/** How a file of text is encoded. @param chosen what a person says it is @throws StudioError 'invalid-settings' */
export function textEncoding({ head, isWhole }: Content, chosen?: string): TextEncoding {
  return encodingOf(head, isWhole, chosen)
}

/** The sentence that tells of an encoding that had to be guessed; null if it had not. */
export function encodingNote(file: string, { name, isGuessed }: TextEncoding): Note | null {
  if (!isGuessed) return null
  return { says: say('read.table.encoding', { file, encoding: encodingWords(name) }), advice: TO_READ_ENCODING }
}

/**
 * Gives a parser the text of a file in blocks, as UTF-8; what it leaves comes again at the beginning of the next. A byte
 * order mark is left out.
 * @throws StudioError 'invalid-data' where the file is no text, and whatever the parser throws
 */
export async function parseText(
  content: Content,
  reading: Reading,
  parse: RowParser,
  encoding = textEncoding(content),
): Promise<void> {
  let block = new Uint8Array(0)
  let held = 0
  for await (const chunk of textChunks(content, encoding, reading)) {
    if (held + chunk.length > block.length) {
      const longer = new Uint8Array(2 * (held + chunk.length))
      longer.set(block.subarray(0, held))
      block = longer
    }
    block.set(chunk, held)
    held += chunk.length
    const done = parse(block, held, false)
    block.copyWithin(0, done, held)
    held -= done
    if (held > MOST_ROW_BYTES)
      throw new StudioError(
        'invalid-data',
        say('read.table.long-row', { file: content.name, bytes: MOST_ROW_BYTES }),
        say('read.table.long-row.hint'),
      )
  }
  parse(block, held, true)
}

/** The beginning of a file to guess from, one character for each byte of its UTF-8. */
export function sampleText(content: Content, encoding = textEncoding(content)): string {
  const { head } = content
  const bytes = encoding.name === 'utf-8' ? head : new TextEncoder().encode(decoderOf(encoding.name).write(head))
  return latin1(bytes, 0, bytes.length).replace(/^ï»¿/, '').replace(/\r\n?/g, '\n')
}

async function* textChunks(content: Content, { name }: TextEncoding, reading: Reading): AsyncGenerator<Uint8Array> {
  const decoder = name === 'utf-8' ? null : decoderOf(name)
  const encoder = new TextEncoder()
  let offset = 0
  for await (const stored of chunksOf(content, reading)) {
    let chunk = decoder ? encoder.encode(decoder.write(stored)) : stored
    if (offset === 0 && BYTE_ORDER_MARK.every((byte, i) => chunk[i] === byte)) chunk = chunk.subarray(3)
    const zero = chunk.indexOf(0)
    if (zero >= 0)
      throw new StudioError(
        'unknown-format',
        say('read.table.no-text', { file: content.name, at: offset + zero + 1 }),
        say('read.table.no-text.hint'),
      )
    offset += stored.length
    yield chunk
  }
  if (decoder) yield encoder.encode(decoder.end())
}

/** Whether bytes look like text of some kind: no control characters but those of white space. */
export function looksLikeText(head: Uint8Array): boolean {
  if (encodingOf(head, false).name.startsWith('utf-16')) return true
  const sample = head.subarray(0, 4096)
  return sample.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))
}
