import { localeOf, type Language } from '../../words/languages'
import { inWords, type MessageKey } from '../../words/say'

/** A term of the field: its name, and what it means. */
interface Term {
  readonly name: MessageKey
  readonly text: MessageKey
}

/** What is explained where it is used, under the pointer, and listed in the Learn view. */
export const TERMS = {
  distribution: { name: 'term.distribution', text: 'term.distribution.text' },
  autoregressive: { name: 'term.autoregressive', text: 'term.autoregressive.text' },
  ordering: { name: 'term.ordering', text: 'term.ordering.text' },
  hidden: { name: 'term.hidden', text: 'term.hidden.text' },
  degree: { name: 'term.degree', text: 'term.degree.text' },
  mask: { name: 'term.mask', text: 'term.mask.text' },
  connectivity: { name: 'term.connectivity', text: 'term.connectivity.text' },
  ensemble: { name: 'term.ensemble', text: 'term.ensemble.text' },
  direct: { name: 'term.direct', text: 'term.direct.text' },
  conditioning: { name: 'term.conditioning', text: 'term.conditioning.text' },
  activation: { name: 'term.activation', text: 'term.activation.text' },
  weight: { name: 'term.weight', text: 'term.weight.text' },
  epoch: { name: 'term.epoch', text: 'term.epoch.text' },
  minibatch: { name: 'term.minibatch', text: 'term.minibatch.text' },
  learningRate: { name: 'term.learning-rate', text: 'term.learning-rate.text' },
  learningRateSchedule: { name: 'term.learning-rate-schedule', text: 'term.learning-rate-schedule.text' },
  weightAveraging: { name: 'term.weight-averaging', text: 'term.weight-averaging.text' },
  optimizer: { name: 'term.optimizer', text: 'term.optimizer.text' },
  l2: { name: 'term.l2', text: 'term.l2.text' },
  lookAhead: { name: 'term.look-ahead', text: 'term.look-ahead.text' },
  validation: { name: 'term.validation', text: 'term.validation.text' },
  test: { name: 'term.test', text: 'term.test.text' },
  diverge: { name: 'term.diverge', text: 'term.diverge.text' },
  seed: { name: 'term.seed', text: 'term.seed.text' },
  run: { name: 'term.run', text: 'term.run.text' },
  loss: { name: 'term.loss', text: 'term.loss.text' },
  nats: { name: 'term.nats', text: 'term.nats.text' },
  bitsPerPixel: { name: 'term.bits-per-pixel', text: 'term.bits-per-pixel.text' },
  interval: { name: 'term.interval', text: 'term.interval.text' },
  independent: { name: 'term.independent', text: 'term.independent.text' },
  mixture: { name: 'term.mixture', text: 'term.mixture.text' },
  entropy: { name: 'term.entropy', text: 'term.entropy.text' },
  binarization: { name: 'term.binarization', text: 'term.binarization.text' },
  label: { name: 'term.label', text: 'term.label.text' },
  calibration: { name: 'term.calibration', text: 'term.calibration.text' },
  confusion: { name: 'term.confusion', text: 'term.confusion.text' },
  sample: { name: 'term.sample', text: 'term.sample.text' },
} as const satisfies Readonly<Record<string, Term>>

export type TermId = keyof typeof TERMS

const TERM_IDS = Object.keys(TERMS) as TermId[]

/** A term as a reader finds it in the glossary. */
export interface Entry {
  readonly id: TermId
  readonly name: string
  /** What the field calls it in English; null for who reads English. */
  readonly english: string | null
  readonly text: string
}

/**
 * The glossary in a language, sorted as that language sorts words.
 * @param wanted what a name must have in it, in that language or in English; '' for all
 */
export function glossaryIn(language: Language, wanted: string): Entry[] {
  const { compare } = new Intl.Collator(localeOf(language))
  const entries = TERM_IDS.map((id) => ({
    id,
    name: inWords(language, TERMS[id].name),
    english: language === 'en' ? null : inWords('en', TERMS[id].name),
    text: inWords(language, TERMS[id].text),
  }))
  return entries.filter((entry) => isWanted(entry, wanted)).sort((a, b) => compare(a.name, b.name))
}

function isWanted({ name, english }: Entry, wanted: string): boolean {
  const part = folded(wanted.trim())
  return folded(name).includes(part) || folded(english ?? '').includes(part)
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
