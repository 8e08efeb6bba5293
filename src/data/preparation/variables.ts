import { canonicalSpec, variablesOnly, type VariableRun, type VariableSpec } from '../../made/variables'
import { bitCount, columnCodings, hasBits, rowBits, unlabelledBits, type RowCoding } from './coding'

/** The variables of a model over rows that are coded so: a label leads. */
export function variablesOfCoding(coding: RowCoding): Pick<VariableSpec, 'variables' | 'leading'> {
  const variables = unlabelledVariables(coding)
  const count = variables.reduce((sum, { count = 1 }) => sum + count, 0)
  const { label } = coding
  return variablesOnly(
    canonicalSpec({
      inputs: rowBits(coding),
      variables: label ? [...variables, { kind: 'categorical', categories: label.words.length }] : variables,
      ...(label ? { leading: [count] } : {}),
    }),
  )
}

/** What each variable is called, in the order of `variablesOfCoding`; none of pixels. */
export function variableNames(coding: RowCoding): readonly string[] {
  if (coding.kind === 'grey') return []
  const columns = columnCodings(coding).filter(hasBits)
  const areVariables = coding.kind === 'columns' && coding.areVariables === true
  const names = columns.flatMap((column) =>
    Array.from({ length: areVariables ? 1 : bitCount(column) }, () => column.name),
  )
  return coding.label ? [...names, coding.label.name] : names
}

/** The variables of all columns but those of a label. */
export function unlabelledVariables(coding: RowCoding): VariableRun[] {
  if (coding.kind !== 'columns' || !coding.areVariables) return [{ kind: 'binary', count: unlabelledBits(coding) }]
  return coding.columns.filter(hasBits).map((column): VariableRun => {
    if (column.kind === 'flag') return { kind: 'binary' }
    return { kind: 'categorical', categories: bitCount(column) }
  })
}
