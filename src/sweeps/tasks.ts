/** Numbers as batch systems take them for an array of jobs: "0,3-5"; an empty text where there is none. */
export function arrayRange(numbers: readonly number[]): string {
  const ranges: { readonly first: number; last: number }[] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const open = ranges.at(-1)
    if (open?.last === number - 1) open.last = number
    else ranges.push({ first: number, last: number })
  }
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}

/** How many tasks so many places make, `pack` of them each. */
export function taskCount(places: number, pack: number): number {
  return Math.ceil(places / pack)
}

/** The places of a task, which does them one after another. */
export function placesOf(task: number, places: number, pack: number): readonly number[] {
  const first = task * pack
  return Array.from({ length: Math.max(0, Math.min(pack, places - first)) }, (_, i) => first + i)
}
