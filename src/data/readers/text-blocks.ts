import { StudioError } from '../../base/failure'
import { chunksOf, type Content } from './content'
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

/**
 * Gives a parser the text of a file in blocks; what it leaves comes again at the beginning of the next. UTF-16 becomes
 * UTF-8; a byte order mark is left out.
 * @throws StudioError 'invalid-data' where the file is no text, and whatever the parser throws
 */
export async function parseText(content: Content, reading: Reading, parse: RowParser): Promise<void> {
  let block = new Uint8Array(0)
  let held = 0
  for await (const chunk of textChunks(content, reading)) {
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
        `The file ${content.name} has a row of more than ${MOST_ROW_BYTES} bytes.`,
        'Choose a file of text with one example a line.',
      )
  }
  parse(block, held, true)
}

/** The beginning of a file to guess from, one character for each byte; UTF-16 has become UTF-8 before. */
export function sampleText({ head }: Content): string {
  const encoding = utf16Of(head)
  const bytes = encoding ? new TextEncoder().encode(new TextDecoder(encoding).decode(head)) : head
  return latin1(bytes, 0, bytes.length).replace(/^ï»¿/, '').replace(/\r\n?/g, '\n')
}

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
}

async function* textChunks(content: Content, reading: Reading): AsyncGenerator<Uint8Array> {
  const encoding = utf16Of(content.head)
  const decoder = encoding ? new TextDecoder(encoding) : null
  let offset = 0
  for await (const stored of chunksOf(content, reading)) {
    let chunk = decoder ? new TextEncoder().encode(decoder.decode(stored, { stream: true })) : stored
    if (offset === 0 && BYTE_ORDER_MARK.every((byte, i) => chunk[i] === byte)) chunk = chunk.subarray(3)
    const zero = chunk.indexOf(0)
    if (zero >= 0)
      throw new StudioError(
        'unknown-format',
        `The file ${content.name} is no text: its byte ${offset + zero + 1} is zero.`,
        'Choose a text file, or one of the other formats that MADE Studio reads.',
      )
    offset += stored.length
    yield chunk
  }
}

/** Whether bytes look like text of some kind: no control characters but those of white space. */
export function looksLikeText(head: Uint8Array): boolean {
  if (utf16Of(head)) return true
  const sample = head.subarray(0, 4096)
  return sample.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))
}
