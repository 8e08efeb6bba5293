import type { Variables } from '../../made/variables'
import type { KnownRow } from '../../shared/questions'

/** Evidence about a row, variable by variable: nothing here changes what it is given. */

/** Nothing is known. */
export function nothingKnown(columns: number): KnownRow {
  return { bits: new Uint8Array(columns), known: new Uint8Array(columns) }
}

/** Whether anything is known. */
export function isAnythingKnown({ known }: KnownRow): boolean {
  return known.includes(1)
}

/**
 * How much less probable evidence is than if its variables had nothing to do with each other, in nats; below 0 where they support each
 * other, as they mostly do.
 * @param marginals p(column) where nothing is known, `[D]`
 * @param logProbability log p(evidence), nats
 */
export function conflict(
  evidence: KnownRow,
  variables: Variables,
  marginals: Float64Array,
  logProbability: number,
): number {
  let apart = 0
  for (let variable = 0; variable < variables.count; variable++) {
    const chosen = chosenValues(evidence, variables, variable)
    if (chosen.length === 0) continue
    const chances = valueChances(marginals, variables, variable)
    apart += Math.log(chosen.reduce((sum, value) => sum + chances[value], 0))
  }
  return apart - logProbability
}

/** How many values a variable has: 0 and 1 of a binary one. */
export function valueCount({ kinds, first }: Variables, variable: number): number {
  return kinds[variable] === 'binary' ? 2 : first[variable + 1] - first[variable]
}

/** The values that a variable may have by the evidence; none where it is not known. */
export function chosenValues({ bits, known }: KnownRow, variables: Variables, variable: number): number[] {
  const column = variables.first[variable]
  if (known[column] === 0) return []
  if (variables.kinds[variable] === 'binary') return [bits[column]]
  return Array.from({ length: valueCount(variables, variable) }, (_, value) => value).filter(
    (value) => bits[column + value] === 1,
  )
}

/** The same with a variable that may have these values; with none, or all of them, it is not known. */
export function withValues(
  evidence: KnownRow,
  variables: Variables,
  variable: number,
  values: readonly number[],
): KnownRow {
  const [bits, known] = [evidence.bits.slice(), evidence.known.slice()]
  const [column, end] = [variables.first[variable], variables.first[variable + 1]]
  const isKnown = values.length > 0 && values.length < valueCount(variables, variable)
  known.fill(isKnown ? 1 : 0, column, end)
  bits.fill(0, column, end)
  if (isKnown && variables.kinds[variable] === 'binary') bits[column] = values[0]
  else if (isKnown) for (const value of values) bits[column + value] = 1
  return { bits, known }
}

/** What a click on a value makes of the evidence: it alone, or with `isMore` it too; again, and it is taken back. */
export function toggled(
  evidence: KnownRow,
  variables: Variables,
  variable: number,
  value: number,
  isMore: boolean,
): KnownRow {
  const before = chosenValues(evidence, variables, variable)
  const others = before.filter((other) => other !== value)
  const isSet = others.length < before.length
  const canBeMore = isMore && variables.kinds[variable] === 'categorical'
  if (canBeMore) return withValues(evidence, variables, variable, isSet ? others : [...before, value])
  return withValues(evidence, variables, variable, isSet && others.length === 0 ? [] : [value])
}

/** What is known of either; of both, what the second says. */
export function merged(one: KnownRow, other: KnownRow): KnownRow {
  return {
    bits: one.bits.map((bit, d) => (other.known[d] === 1 ? other.bits[d] : bit)),
    known: one.known.map((known, d) => known | other.known[d]),
  }
}

/** p(value) of each value of a variable, from those of its columns. */
export function valueChances(marginals: Float64Array, variables: Variables, variable: number): number[] {
  const column = variables.first[variable]
  if (variables.kinds[variable] === 'binary') return [1 - marginals[column], marginals[column]]
  return Array.from(marginals.subarray(column, variables.first[variable + 1]))
}

/** The standard error of each of them. */
export function valueErrors(standardErrors: Float64Array, variables: Variables, variable: number): number[] {
  const column = variables.first[variable]
  if (variables.kinds[variable] === 'binary') return [standardErrors[column], standardErrors[column]]
  return Array.from(standardErrors.subarray(column, variables.first[variable + 1]))
}

/** Of the values of a variable, in their order, the likeliest ones and those that are chosen. @param chances of each */
export function likeliestValues(chances: readonly number[], chosen: readonly number[], most: number): number[] {
  const values = Array.from(chances.keys())
  if (values.length <= most) return values
  const kept = new Set([...values].sort((a, b) => chances[b] - chances[a]).slice(0, most))
  return values.filter((value) => kept.has(value) || chosen.includes(value))
}

/** Which value a whole row has of a variable. */
export function valueIn(row: Uint8Array, { kinds, first }: Variables, variable: number): number {
  const column = first[variable]
  return kinds[variable] === 'binary' ? row[column] : row.subarray(column, first[variable + 1]).indexOf(1)
}
