import { NUMBER_KEYS, OPTIMIZER_NUMBER_KEYS, type Draft, type NumberKey, type OptimizerKey } from '../../shared/draft'
import type { MessageKey } from '../../words/say'
import { numberLabel, optimizerLabel } from './field-texts'
import type { Value, Values } from './history'

/** Settings that are chosen, each with its name. */
const CHOSEN = {
  name: 'field.name',
  hidden: 'field.hidden',
  orderingMode: 'draft.orderings',
  singleOrdering: 'draft.orderings',
  maskMode: 'draft.masks',
  activation: 'field.activation',
  directConnections: 'field.direct',
  conditioningWeights: 'field.conditioning',
  initialisation: 'field.initialisation',
  outputBiases: 'field.output-biases',
  optimizer: 'field.optimizer',
  learningRateSchedule: 'field.learning-rate-schedule',
  engine: 'field.engine',
} as const satisfies Record<Exclude<keyof Draft, 'numbers' | 'optimizerNumbers'>, MessageKey>
type Chosen = keyof typeof CHOSEN
const CHOSEN_KEYS = Object.keys(CHOSEN) as Chosen[]

/** Every setting of a draft by its place: those that are chosen by their key, numbers as `numbers.epochs` and `adam.epsilon`. */
export function placesOf(draft: Draft): Values {
  const numbers = NUMBER_KEYS.map((key) => [`numbers.${key}`, draft.numbers[key]] as const)
  const optimizers = Object.entries(draft.optimizerNumbers).flatMap(([kind, typed]) =>
    OPTIMIZER_NUMBER_KEYS.flatMap((key) => (typed[key] === undefined ? [] : [[`${kind}.${key}`, typed[key]] as const])),
  )
  const chosen = CHOSEN_KEYS.map((key): [string, Value] => [key, draft[key]])
  return structuredCloneOf(Object.fromEntries([...chosen, ...numbers, ...optimizers]))
}

/** A draft with other values at some places; places that are not of a draft are passed over. */
export function withPlaces(draft: Draft, values: Values): Draft {
  const changed = structuredCloneOf(draft)
  for (const [place, value] of Object.entries(values)) {
    const [group, key] = place.split('.')
    if (key === undefined) {
      if (Object.hasOwn(CHOSEN, group)) Object.assign(changed, { [group]: value })
    } else if (group === 'numbers') Object.assign(changed.numbers, { [key]: value })
    else Object.assign(changed.optimizerNumbers[group as keyof Draft['optimizerNumbers']], { [key]: value })
  }
  return structuredCloneOf(changed)
}

/** What the setting at a place is called; null for what is no setting of a draft. */
export function placeName(place: string): MessageKey | null {
  const [group, key] = place.split('.')
  if (key === undefined) return Object.hasOwn(CHOSEN, group) ? CHOSEN[group as Chosen] : null
  return group === 'numbers' ? numberLabel(key as NumberKey) : optimizerLabel(key as OptimizerKey)
}

/** By what the view Model marks the field of a place: `data-field`. */
export function fieldOf(place: string): string {
  const key = place.split('.').at(-1) ?? place
  if (key === 'orderingMode' || key === 'singleOrdering') return 'orderings'
  return key === 'maskMode' ? 'masks' : key
}

/** A copy; Vue's proxies, which the browser does not clone, are looked through. */
function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
