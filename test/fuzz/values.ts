/**
 * Values that cross a process boundary as JSON: what JSON has no word for (typed arrays, numbers that are not finite,
 * what is undefined) is an object with the one key "$".
 */

const ARRAYS = { Uint8Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array } as const
type ArrayName = keyof typeof ARRAYS

/** A tree of values: objects and lists, and at its ends anything else. */
export type Tree = unknown

/** A tree of values as text. */
export function encodeTree(tree: Tree): string {
  return JSON.stringify(tagged(tree))
}

/** The tree that `encodeTree` wrote. @throws Error if it is none */
export function decodeTree(text: string): Tree {
  return untagged(JSON.parse(text))
}

function tagged(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $: 'number', is: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { $: 'bigint', is: String(value) }
  const name = arrayName(value)
  if (name !== null) return { $: name, is: Array.from(value as ArrayLike<number>, tagged) }
  if (Array.isArray(value)) return value.map(tagged)
  if (typeof value === 'object' && value !== null)
    return withEntries(Object.entries(value).map(([key, one]) => [key, tagged(one)]))
  return value
}

function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged)
  if (typeof value !== 'object' || value === null) return value
  if (!('$' in value)) return withEntries(Object.entries(value).map(([key, one]) => [key, untagged(one)]))
  const is = 'is' in value ? value.is : undefined
  switch (value.$) {
    case 'undefined':
      return undefined
    case 'number':
      return Number(is)
    case 'bigint':
      return BigInt(String(is))
    default:
      return typedArray(String(value.$), is)
  }
}

function typedArray(name: string, is: unknown): unknown {
  if (!Object.hasOwn(ARRAYS, name) || !Array.isArray(is)) throw new Error(`there are no values of the kind ${name}`)
  return ARRAYS[name as ArrayName].from(is.map((value) => Number(untagged(value))))
}

function arrayName(value: unknown): ArrayName | null {
  return (Object.keys(ARRAYS) as ArrayName[]).find((name) => value instanceof ARRAYS[name]) ?? null
}

/** An object of those entries, also where a key is "__proto__", which an assignment would take for something else. */
export function withEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries)
}
