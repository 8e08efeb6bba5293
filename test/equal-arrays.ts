import { expect } from 'vitest'

/** The bytes of an array of numbers, null of anything else. */
function bytesOf(value: unknown): Buffer | null {
  return ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : null
}

/**
 * Arrays of numbers of one type that are the same bit for bit are equal, which is seen at once; the matchers look at one
 * number after another, a hundred thousand of them for seconds. Of all others they say themselves whether they are equal.
 */
export function sameBits(a: unknown, b: unknown): true | undefined {
  const [left, right] = [bytesOf(a), bytesOf(b)]
  if (left === null || right === null || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return undefined
  return left.equals(right) ? true : undefined
}

expect.addEqualityTesters([sameBits])
