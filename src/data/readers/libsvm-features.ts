import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say } from '../../words/say'
import type { Content } from './content'
import type { Reading } from './reading'
import { parseText } from './text-blocks'

/** So many features are counted at most: an index takes four bytes. */
const MOST_COUNTED = 2 ** 27
const [TAB, LINE_FEED, RETURN, BLANK, HASH, COLON, ZERO, NINE] = [9, 10, 13, 32, 35, 58, 48, 57]

/** The features of a set that are read, where it has more than a model may have inputs. */
export interface KeptFeatures {
  /** Their indices as written, from the least. */
  readonly indices: Uint32Array
  /** How many features there are. */
  readonly all: number
}

/** What the column of a feature is called. */
export function featureName(index: number): string {
  return `feature ${index}`
}

/**
 * Which features are read of files in the format of LIBSVM: those that most rows name; of as many rows the least index.
 * @param wanted the names of those that are read instead
 * @returns null where there are not more than a model may have inputs
 * @throws StudioError 'too-large' for an index beyond what can be counted
 */
export async function keptFeatures(
  contents: readonly Content[],
  wanted: ReadonlySet<string> | null,
  reading: Reading,
): Promise<KeptFeatures | null> {
  const { most } = LIMITS.inputs
  let [least, greatest] = [1, 0]
  for (const content of contents)
    await forEachIndex(content, reading, (index, line) => {
      if (index > MOST_COUNTED) throw tooMany(content.name, index, line)
      if (index < least) least = index
      if (index > greatest) greatest = index
    })
  const all = greatest - least + 1
  if (all <= most) return null
  if (wanted) {
    const indices = Uint32Array.from({ length: all }, (_, i) => least + i)
    return { indices: indices.filter((index) => wanted.has(featureName(index))), all }
  }
  const rows = new Uint32Array(greatest + 1)
  for (const content of contents) await forEachIndex(content, reading, (index) => rows[index]++)
  return { indices: mostNamed(rows, least, most), all }
}

function mostNamed(rows: Uint32Array, least: number, most: number): Uint32Array {
  const greatest = rows.reduce((max, count) => Math.max(max, count), 0)
  // How many features each number of rows names: from the largest on as many as there is room for.
  const named = new Uint32Array(greatest + 1)
  for (let index = least; index < rows.length; index++) named[rows[index]]++
  let threshold = greatest
  let room = most
  while (threshold > 0 && named[threshold] < room) room -= named[threshold--]
  const kept = new Uint32Array(most)
  let count = 0
  for (let index = least; index < rows.length && count < most; index++)
    if (rows[index] > threshold || (rows[index] === threshold && room-- > 0)) kept[count++] = index
  return kept.subarray(0, count)
}

/** Hears the index of each pair of index and value in a file, and the number of its line. */
async function forEachIndex(
  content: Content,
  reading: Reading,
  use: (index: number, line: number) => void,
): Promise<void> {
  let line = 1
  await parseText(content, reading, (bytes, length, isLast) => {
    const end = isLast ? length : lineEnd(bytes, length)
    let index = -1
    let [isStart, isRemark] = [true, false]
    for (let at = 0; at < end; at++) {
      const byte = bytes[at]
      if (byte === LINE_FEED) {
        line++
        isRemark = false
      }
      if (byte === LINE_FEED || byte === BLANK || byte === TAB || byte === RETURN) {
        isStart = true
        index = -1
        continue
      }
      if (byte === HASH) isRemark = true
      if (byte >= ZERO && byte <= NINE && (isStart || index >= 0)) index = Math.max(0, index) * 10 + byte - ZERO
      else {
        if (byte === COLON && index >= 0 && !isRemark) use(index, line)
        index = -1
      }
      isStart = false
    }
    return end
  })
}

/** Where the last whole line ends. */
function lineEnd(bytes: Uint8Array, length: number): number {
  return bytes.lastIndexOf(LINE_FEED, length - 1) + 1
}

function tooMany(name: string, index: number, line: number): StudioError {
  return new StudioError(
    'too-large',
    say('read.text.libsvm.index', { line, name, index, most: MOST_COUNTED }),
    say('read.text.libsvm.index.hint'),
  )
}
