import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say } from '../../words/say'
import type { Content } from './content'
import { IndexCounts } from './index-counts'
import type { Reading } from './reading'
import { parseText } from './text-blocks'

/** The largest index of a feature. */
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
 * Which features are read of files in the format of LIBSVM: those that most rows name; of as many rows the least index. One that
 * no row names is 0 everywhere, and is not read.
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
  if (wanted) return { indices: featuresNamed(wanted, least, greatest), all }
  const rows = new IndexCounts()
  for (const content of contents) await forEachIndex(content, reading, (index) => rows.add(index))
  return { indices: rows.mostFrequent(most), all }
}

/** Those from the least to the greatest that have one of these names, from the least. */
function featuresNamed(names: ReadonlySet<string>, least: number, greatest: number): Uint32Array {
  const indices: number[] = []
  for (const name of names) {
    const index = Number(/^feature (\d+)$/.exec(name)?.[1] ?? NaN)
    if (index >= least && index <= greatest) indices.push(index)
  }
  return Uint32Array.from(indices).sort()
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
