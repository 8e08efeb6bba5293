import type { StoredArray } from './array-plan'
import type { NumberArray } from './number-array'

const NUMBERED = /^(.*?[a-z_])(\d{1,3})$/i

/**
 * Arrays called train0, train1, … of one part, one below the other, with the number as the label of their rows: as the
 * digits of S. Roweis and others come. What is not so stays as it is.
 */
export function joinNumbered(stored: readonly StoredArray[]): StoredArray[] {
  const groups = new Map<string, StoredArray[]>()
  for (const array of stored) {
    const stem = NUMBERED.exec(array.name)?.[1]
    if (stem === undefined || array.shape.length !== 2 || array.refusal !== null) continue
    const group = groups.get(stem)
    if (group) group.push(array)
    else groups.set(stem, [array])
  }
  const joined = [...groups].filter(([stem, group]) => isSeries(stem, group))
  const inGroups = new Set(joined.flatMap(([, group]) => group))
  return [
    ...stored.filter((array) => !inGroups.has(array)),
    ...joined.flatMap(([stem, group]) => [valuesOf(stem, group), labelsOf(stem, group)]),
  ]
}

function isSeries(stem: string, group: readonly StoredArray[]): boolean {
  const [{ shape }] = group
  return group.length > 1 && /train|test|val/i.test(stem) && group.every((array) => array.shape[1] === shape[1])
}

function numberOf({ name }: StoredArray): number {
  return Number(NUMBERED.exec(name)?.[2])
}

/** Where the rows of each array begin; at the end the number of all rows. */
function startsOf(group: readonly StoredArray[]): number[] {
  return group.reduce<number[]>((starts, { shape }) => [...starts, (starts.at(-1) ?? 0) + shape[0]], [0])
}

/** Which array of the group a row of all is in, if rows are asked for mostly in their order. */
function finder(starts: readonly number[]): (row: number) => number {
  let at = 0
  return (row) => {
    if (row < starts[at]) at = 0
    while (row >= starts[at + 1]) at++
    return at
  }
}

function valuesOf(stem: string, group: readonly StoredArray[]): StoredArray {
  const starts = startsOf(group)
  const columns = group[0].shape[1]
  const shape = [starts[group.length], columns]
  const load = async (): Promise<NumberArray> => {
    const arrays: NumberArray[] = []
    for (const array of group) arrays.push(await array.load())
    const arrayAt = finder(starts)
    const valueAt = (place: number): number => {
      const row = Math.floor(place / columns)
      const column = place - row * columns
      const at = arrayAt(row)
      const { firstRunsFastest, shape: [rows], valueAt: value } = arrays[at] // prettier-ignore
      const own = row - starts[at]
      return value(firstRunsFastest ? column * rows + own : own * columns + column)
    }
    return { name: stem, shape, firstRunsFastest: false, areBytes: arrays.every(({ areBytes }) => areBytes), valueAt }
  }
  return { name: stem, part: group[0].part, shape, refusal: null, load }
}

function labelsOf(stem: string, group: readonly StoredArray[]): StoredArray {
  const starts = startsOf(group)
  const numbers = group.map(numberOf)
  const shape = [starts[group.length]]
  const load = (): Promise<NumberArray> => {
    const arrayAt = finder(starts)
    const valueAt = (row: number): number => numbers[arrayAt(row)]
    return Promise.resolve({ name: stem, shape, firstRunsFastest: false, areBytes: true, valueAt })
  }
  return { name: `labels ${stem}`, part: group[0].part, shape, refusal: null, load }
}
