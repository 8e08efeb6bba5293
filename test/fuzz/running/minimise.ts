import { decodeTree, encodeTree, withEntries } from '../values'
import { sizeOf, type Input } from '../input'

/** So many smaller inputs are tried at the most. */
const MOST_TRIES = 400

/**
 * A smaller input that still does the same: files, parts of trees and stretches of bytes are left out as long as it does.
 * @param doesTheSame tells whether an input still shows what was found
 */
export async function minimise(input: Input, doesTheSame: (input: Input) => Promise<boolean>): Promise<Input> {
  let smallest = input
  let left = MOST_TRIES
  const takes = async (candidate: Input): Promise<boolean> => {
    if (left <= 0 || sizeOf(candidate) >= sizeOf(smallest)) return false
    left--
    if (!(await doesTheSame(candidate))) return false
    smallest = candidate
    return true
  }
  for (const name of [...input.keys()].slice(1)) await takes(new Map([...smallest].filter(([other]) => other !== name)))
  for (const name of smallest.keys()) {
    const withFile = (bytes: Uint8Array): Input =>
      new Map([...smallest].map(([other, old]) => [other, other === name ? bytes : old]))
    const bytes = (): Uint8Array => smallest.get(name) ?? new Uint8Array()
    await reduceTree(bytes, (smaller) => takes(withFile(smaller)))
    await reduceBytes(bytes, (smaller) => takes(withFile(smaller)))
  }
  return smallest
}

/** Leaves out stretches of bytes: halves first, then ever smaller ones. */
async function reduceBytes(bytes: () => Uint8Array, takes: (bytes: Uint8Array) => Promise<boolean>): Promise<void> {
  for (let length = Math.ceil(bytes().length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2))
    for (let at = 0; at < bytes().length;) {
      const now = bytes()
      if (!(await takes(Buffer.concat([now.subarray(0, at), now.subarray(at + length)])))) at += length
    }
}

/** Leaves out entries of lists and objects, if the bytes are a tree in JSON. */
async function reduceTree(bytes: () => Uint8Array, takes: (bytes: Uint8Array) => Promise<boolean>): Promise<void> {
  for (let at = 0; ;) {
    const smaller = withoutEntry(bytes(), at)
    if (smaller === null) return
    if (!(await takes(smaller))) at++
  }
}

/** A tree without its entry number `at`, counted from the outside in; null if it has none or is no tree. */
function withoutEntry(bytes: Uint8Array, at: number): Uint8Array | null {
  let left = at
  let isGone = false
  const reduced = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    const entries = Object.entries(value)
    if (!isGone && left < entries.length) {
      isGone = true
      entries.splice(left, 1)
    } else if (!isGone) {
      left -= entries.length
      for (const entry of entries) entry[1] = reduced(entry[1])
    }
    return Array.isArray(value) ? entries.map(([, one]) => one as unknown) : withEntries(entries)
  }
  try {
    const tree = reduced(decodeTree(new TextDecoder().decode(bytes)))
    return isGone ? new TextEncoder().encode(encodeTree(tree)) : null
  } catch {
    return null
  }
}
