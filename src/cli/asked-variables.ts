import { StudioError } from '../base/failure'
import type { ColumnCoding, ModelPreparation, RowCoding } from '../data/preparation/coding'
import { givenValues, type GivenValues } from '../data/preparation/given-values'
import { namedVariables, type NamedVariable } from '../data/preparation/named-variables'
import { nearest } from '../data/readers/nearest'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import { say } from '../words/say'
import { listOf } from './reading-options'
import { remark } from './remark'
import { tell } from './words'

/** The variables of a model as a command calls them. */
export interface AskedVariables {
  readonly coding: RowCoding
  /** In the order of the model. */
  readonly variables: readonly NamedVariable[]
  /** Whether values are numbers that have no other name. */
  readonly areNumbered: boolean
}

/** By their names where the model has any; else by their number from 0, and their values by theirs. A label has its name. */
export function askedVariables(spec: ModelSpec, preparation: ModelPreparation | null): AskedVariables {
  const named = preparation && namedVariables(preparation.coding)
  if (named) return { coding: preparation.coding, variables: named, areNumbered: false }
  const coding = numberedCoding(spec, preparation?.coding ?? null)
  return { coding, variables: namedVariables(coding) ?? [], areNumbered: true }
}

function numberedCoding(spec: ModelSpec, coding: RowCoding | null): RowCoding {
  const { kinds, first } = variablesOf(spec)
  const label = coding?.label
  const columns = kinds.slice(0, label ? -1 : undefined).map((kind, v): ColumnCoding => {
    const [name, gap] = [String(v), 'left-out'] as const
    if (kind === 'binary') return { name, gap, kind: 'flag' }
    return {
      name,
      gap,
      kind: 'categories',
      values: Array.from({ length: first[v + 1] - first[v] }, (_, c) => String(c)),
    }
  })
  return { kind: 'columns', areVariables: true, columns, ...(label ? { label } : {}) }
}

/** What is given, as typed after `--given`; what a person may not expect of it is told. @throws StudioError 'invalid-settings' */
export function evidenceIn(texts: readonly string[], { coding }: AskedVariables): GivenValues {
  const given = givenValues(
    coding,
    texts.flatMap((text) => listOf('--given', text)),
  )
  remark(given.notes)
  return given
}

/** What a variable is called. */
export function nameOf({ name }: NamedVariable): string {
  return typeof name === 'string' ? name : tell(name)
}

/** The number of the variable of that name. @throws StudioError 'invalid-settings', telling the names most like it */
export function variableNamed(wanted: string, { coding, variables }: AskedVariables): number {
  const names = variables.map(nameOf)
  const found = names.indexOf(wanted)
  if (found >= 0) return found
  if (wanted === 'label' && coding.label) return names.length - 1
  throw new StudioError(
    'invalid-settings',
    say('prepare.given.no-column', { column: wanted }),
    say('prepare.given.no-column.hint', { columns: nearest(wanted, names) }),
  )
}
