import { StudioError } from '../../base/failure'
import { variablesOf, type VariableSpec } from '../../made/variables'
import { say } from '../../words/say'
import type { BitMatrix } from '../bit-matrix'

/**
 * Rows in which every categorical variable has exactly one value.
 * @param name of the data
 * @param names of the variables, as far as they are known
 * @throws StudioError 'invalid-data', naming the first row and the columns where it is not so, both from 1
 */
export function requireOneValueEach(
  rows: BitMatrix,
  variables: Pick<VariableSpec, 'variables'>,
  name: string,
  names: readonly string[] = [],
): void {
  const { count, kinds, first } = variablesOf({ inputs: rows.columns, ...variables })
  const categorical = Array.from({ length: count }, (_, v) => v).filter((v) => kinds[v] === 'categorical')
  for (let row = 0; row < rows.rows; row++)
    for (const v of categorical) {
      let ones = 0
      for (let column = first[v]; column < first[v + 1]; column++) ones += rows.get(row, column)
      if (ones === 1) continue
      const place = { row: String(row + 1), name, ones, first: String(first[v] + 1), last: String(first[v + 1]) }
      throw new StudioError(
        'invalid-data',
        names.length > v
          ? say('prepare.not-one-hot.named', { ...place, column: names[v] })
          : say('prepare.not-one-hot', place),
        say('prepare.not-one-hot.hint'),
      )
    }
}
