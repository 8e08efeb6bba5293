import type { ReadingChoices } from '../reading-choices'
import type { Table } from '../table'
import type { Preparation } from './preparation'

/**
 * A preparation for a file that was read otherwise since: what was decided of columns goes with those of the same name and
 * kind, what was decided of rows stays; columns that are new, or that are now wanted otherwise, are as is suggested.
 * @param preparation of the table `before`
 * @param suggested for the table `after`
 * @param wanted names of columns of which it was now decided that they are words or numbers, or that this be found out again
 */
export function carriedPreparation(
  preparation: Preparation,
  before: Table,
  suggested: Preparation,
  after: Table,
  wanted: ReadonlySet<string>,
): Preparation {
  const { valuesAs, learnsLabel, missing, split, numberBits, binarization, pictureSize } = preparation
  const rows = { valuesAs, learnsLabel, missing, split, numberBits, binarization, pictureSize }
  if (before.values.kind !== 'columns' || after.values.kind !== 'columns' || suggested.grey)
    return { ...suggested, ...rows }
  const old = new Map(before.values.columns.map((column, number) => [`${column.kind} ${column.name}`, number]))
  const pairs = after.values.columns.map((column, number) => ({
    number,
    old: wanted.has(column.name) ? undefined : old.get(`${column.kind} ${column.name}`),
  }))
  const carried = (was: readonly number[], is: readonly number[]): number[] =>
    pairs.flatMap((pair) =>
      (pair.old === undefined ? is.includes(pair.number) : was.includes(pair.old)) ? [pair.number] : [],
    )
  return {
    ...suggested,
    ...rows,
    omitted: carried(preparation.omitted, suggested.omitted),
    categorical: carried(preparation.categorical, suggested.categorical),
    label: pairs.find((pair) => pair.old !== undefined && pair.old === preparation.label)?.number ?? null,
    ownBits: pairs.flatMap((pair) => {
      const own = preparation.ownBits.find(({ column }) => column === pair.old)
      return own ? [{ column: pair.number, bits: own.bits }] : []
    }),
  }
}

/** The columns that one of two readings takes for words or numbers by a person's choice, and the other does not. */
export function columnsWantedOtherwise(before: ReadingChoices = {}, after: ReadingChoices = {}): ReadonlySet<string> {
  const changed = (was: readonly string[] = [], is: readonly string[] = []): string[] => [
    ...was.filter((name) => !is.includes(name)),
    ...is.filter((name) => !was.includes(name)),
  ]
  return new Set([...changed(before.words, after.words), ...changed(before.numbers, after.numbers)])
}
