import type { Draws } from '../draws'
import { withEntries, type Tree } from '../values'
import { NUMBERS } from './bytes'

/** Text of which something, somewhere, may make more than text. */
const TEXTS = [
  '', ' ', 'x', '\n', '0', '-1', 'NaN', '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '..', '.', '../..', '/',
  '/dev/null', '/proc/self/mem', 'C:\\', 'a/b', 'a\u0000b', '\u2028', '😀', '\ud800', '<script>', '${1}', '%s%n', 'x'.repeat(100), 'x'.repeat(5000),
] // prettier-ignore
const VALUES: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  [],
  {},
  NaN,
  Infinity,
  -Infinity,
  -0,
  0.5,
  -1,
  1e-320,
  1e308,
  2n ** 70n,
]
/** Nested far deeper than anything that is meant. */
const DEEP = 1000

/** The way to a place in a tree: the keys of objects and the numbers of list entries. */
type Path = readonly (string | number)[]

/** Changes one thing in a tree of values. @param other a tree that something may be taken from */
export function changeTree(tree: Tree, other: Tree, draws: Draws): Tree {
  const path = draws.pick(pathsOf(tree))
  return replacedAt(tree, path, (value) => changedValue(value, other, draws))
}

function changedValue(value: unknown, other: Tree, draws: Draws): unknown {
  // Now and then something of another kind.
  if (draws.chance(0.2)) return strangeValue(other, draws)
  if (typeof value === 'number') return changedNumber(value, draws)
  if (typeof value === 'string') return changedText(value, draws)
  if (typeof value === 'boolean') return !value
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return changedArray(value as Uint32Array, draws)
  if (Array.isArray(value)) return changedList(value, other, draws)
  if (typeof value === 'object' && value !== null) return changedObject(value, other, draws)
  return strangeValue(other, draws)
}

function strangeValue(other: Tree, draws: Draws): unknown {
  if (draws.chance(0.02)) return nested(draws.chance(0.5))
  return draws.pick<() => unknown>([
    () => draws.pick(VALUES),
    () => draws.pick(TEXTS),
    () => draws.pick(NUMBERS),
    () => valueAt(other, draws.pick(pathsOf(other))),
    () => new Array<number>(draws.below(50)).fill(draws.below(3)),
  ])()
}

function changedNumber(value: number, draws: Draws): number {
  return draws.pick([
    draws.pick(NUMBERS),
    -draws.pick(NUMBERS),
    value + 1,
    value - 1,
    2 * value,
    -value,
    value / 3,
    value + 0.5,
    draws.pick([NaN, Infinity, -Infinity, -0, 1e-320, 1e308]),
  ])
}

function changedText(value: string, draws: Draws): string {
  const at = draws.below(value.length + 1)
  return draws.pick([
    draws.pick(TEXTS),
    value.slice(0, at),
    value.slice(0, at) + draws.pick(TEXTS) + value.slice(at),
    value + value,
    value.toUpperCase(),
    ` ${value} `,
  ])
}

function changedArray(value: Uint32Array, draws: Draws): unknown {
  const copy = value.slice()
  copy[draws.below(copy.length)] = draws.pick(NUMBERS)
  return draws.pick([
    copy,
    value.slice(0, draws.below(value.length)),
    Array.from(value),
    new Float32Array(value),
    new Uint8Array(value.length),
    new Uint32Array(value.length + 1),
  ])
}

function changedList(list: readonly unknown[], other: Tree, draws: Draws): unknown[] {
  const at = draws.below(list.length)
  return draws.pick([
    () => list.toSpliced(at, 1),
    () => list.toSpliced(at, 0, list[at]),
    () => list.toSpliced(at, 1, strangeValue(other, draws)),
    () => list.toReversed(),
    () => Array.from({ length: draws.pick([0, 33, 1000]) }, () => list[at]),
  ])()
}

function changedObject(value: object, other: Tree, draws: Draws): Record<string, unknown> {
  const entries = Object.entries(value)
  const at = draws.below(entries.length)
  const [key, one] = entries[at] ?? ['x', null]
  const extra = draws.pick(['__proto__', 'constructor', 'toString', 'then', 'x', key])
  return withEntries(
    draws.pick([
      () => entries.toSpliced(at, 1),
      () => entries.toSpliced(at, 1, [draws.pick(TEXTS), one]),
      () => [...entries, [extra, strangeValue(other, draws)] as const],
      () => [...entries, ['__proto__', { polluted: true, isAdmin: true }] as const],
      () => entries.toReversed(),
    ])(),
  )
}

/** Lists or objects, each in the one before. */
function nested(isList: boolean): unknown {
  let value: unknown = 0
  for (let i = 0; i < DEEP; i++) value = isList ? [value] : { a: value }
  return value
}

/** All places of a tree, itself first. Places deeper than a few levels are passed over. */
function pathsOf(tree: Tree, path: Path = [], found: Path[] = []): Path[] {
  found.push(path)
  if (path.length > 8 || found.length > 2000 || typeof tree !== 'object' || tree === null || ArrayBuffer.isView(tree))
    return found
  if (Array.isArray(tree)) tree.slice(0, 50).forEach((one, i) => pathsOf(one, [...path, i], found))
  else for (const [key, one] of Object.entries(tree)) pathsOf(one, [...path, key], found)
  return found
}

function valueAt(tree: Tree, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], tree)
}

/** The tree with another value at a place; what it was made of is left as it was. */
function replacedAt(tree: Tree, path: Path, change: (value: unknown) => unknown): Tree {
  const [key, ...rest] = path
  if (key === undefined) return change(tree)
  if (Array.isArray(tree)) return tree.map((one: unknown, i) => (i === key ? replacedAt(one, rest, change) : one))
  return withEntries(
    Object.entries(tree as object).map(([name, one]) => [name, name === key ? replacedAt(one, rest, change) : one]),
  )
}
