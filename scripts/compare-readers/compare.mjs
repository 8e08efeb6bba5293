import { EXPLANATIONS } from './differences.mjs'

/** Means that differ by no more than this share of themselves are the same. */
const NEARLY = 1e-9

/**
 * What a program found in a file.
 * @typedef {{ readonly kind: string, readonly file: string, readonly rows: number, readonly columns: readonly ColumnFacts[], readonly error?: string }} FileFacts
 * @typedef {{ readonly name: string, readonly kind: string, readonly missing: number, readonly values: number | null, readonly mean: number | null }} ColumnFacts
 * @typedef {import('./differences.mjs').Difference & { readonly why: string | null }} Told
 */

/**
 * Holds what one program found in a file against what another did.
 * @param {FileFacts} ours @param {FileFacts} theirs
 * @returns {{ readonly columns: number, readonly differences: Told[] }} how many columns were compared, and what is not the same
 */
export function compareFiles(ours, theirs) {
  const { kind, file } = ours
  /** @type {Told[]} */
  const differences = []
  /** @param {import('./differences.mjs').Difference['what']} what @param {string} column @param {any} mine @param {any} other */
  const tell = (what, column, mine, other) => {
    const difference = { kind, file, what, column, ours: mine, theirs: other }
    const why = EXPLANATIONS.find(({ fits }) => fits(difference))?.why ?? null
    differences.push({ ...difference, why })
  }
  if (ours.error || theirs.error) {
    tell('file', '', ours.error ?? 'read', theirs.error ?? 'read')
    return { columns: 0, differences }
  }
  if (ours.rows !== theirs.rows) tell('rows', '', ours.rows, theirs.rows)
  const pairs = pairsOf(ours.columns, theirs.columns)
  for (const { mine, other } of pairs) {
    if (!mine || !other) tell('columns', (mine ?? other)?.name ?? '', mine ?? null, other ?? null)
    else compareColumns(mine, other, tell)
  }
  return { columns: pairs.length, differences }
}

/**
 * @param {ColumnFacts} mine @param {ColumnFacts} other
 * @param {(what: 'kind' | 'missing' | 'values' | 'mean', column: string, mine: any, other: any) => void} tell
 */
function compareColumns(mine, other, tell) {
  const { name } = mine
  if (mine.kind !== other.kind) return tell('kind', name, mine, other)
  if (mine.missing !== other.missing) return tell('missing', name, mine, other)
  if (mine.kind === 'word' && mine.values !== other.values) tell('values', name, mine, other)
  if (mine.mean === null || other.mean === null) return
  if (Math.abs(mine.mean - other.mean) > NEARLY * Math.max(1, Math.abs(other.mean))) tell('mean', name, mine, other)
}

/**
 * The columns of both by their names; those that the other has not by such a name in their order.
 * @param {readonly ColumnFacts[]} ours @param {readonly ColumnFacts[]} theirs
 * @returns {{ readonly mine: ColumnFacts | undefined, readonly other: ColumnFacts | undefined }[]}
 */
function pairsOf(ours, theirs) {
  const left = [...ours]
  /** @param {string} name */
  const take = (name) => {
    const at = left.findIndex((column) => column.name === name)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const named = theirs.map((other) => ({ mine: take(other.name), other }))
  const all = named.map(({ mine, other }) => ({ mine: mine ?? left.shift(), other }))
  return [...all, ...left.map((mine) => ({ mine, other: undefined }))]
}
