import type { Sentence } from '../../words/say'
import { writtenBin } from './bins'
import {
  bitCount,
  bitNames,
  codeCount,
  hasBits,
  columnCodings,
  labelAsColumn,
  rangeNames,
  writtenValue,
  type CodedValues,
  type RowCoding,
} from './coding'
import { areNumbered } from '../table'

/** A variable of a model as a person knows it. */
export interface NamedVariable {
  /** The name of its column; of a bit of a column what a one in it says. */
  readonly name: string | Sentence
  /** Its values in the order of the model: 0 and 1 of a binary variable. Null where that is that there is no value. */
  readonly values: readonly (string | null)[]
}

/** The variables of a model in their order; null where they have no names, as pixels. */
export function namedVariables(coding: RowCoding): NamedVariable[] | null {
  if (coding.kind === 'grey' || (coding.kind === 'bits' && areNumbered(coding.names))) return null
  const areVariables = coding.kind === 'columns' && coding.areVariables === true
  const columns = columnCodings(coding).filter(hasBits)
  const variables = columns.flatMap((column) => (areVariables ? [wholeColumn(column)] : bitsOf(column)))
  return coding.label ? [...variables, wholeColumn(labelAsColumn(coding.label))] : variables
}

/** The label as a variable; null where none is learnt. */
export function namedLabel({ label }: RowCoding): NamedVariable | null {
  return label ? wholeColumn(labelAsColumn(label)) : null
}

function wholeColumn(column: CodedValues): NamedVariable {
  const values = valuesOf(column)
  return { name: column.name, values: column.gap === 'bit' ? [...values, null] : values }
}

function valuesOf(column: CodedValues): string[] {
  switch (column.kind) {
    case 'flag':
      return ['0', '1']
    case 'categories':
      return column.values.map((value) => String(writtenValue(column, value)))
    case 'levels':
      return rangeNames(column)
    case 'bins':
      return Array.from({ length: codeCount(column) }, (_, code) => writtenBin(column, code))
  }
}

function bitsOf(column: CodedValues): NamedVariable[] {
  const names = bitNames(column)
  return Array.from({ length: bitCount(column) }, (_, bit) => ({ name: names[bit], values: ['0', '1'] }))
}
