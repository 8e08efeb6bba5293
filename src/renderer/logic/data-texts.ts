import type { DataSummary } from '../../shared/contract'
import type { BuiltInTable, SYNTHETIC_LIMITS, SyntheticKind } from '../../shared/data-source'
import type { RunSummary } from '../../shared/run'
import { TABLE_NAMES } from '../../shared/setting-words'
import type { MessageKey } from '../../words/say'
import { columnTitle, t } from '../words'

/** What the labels of data are called: those of the built-in digits in the reader's language, others as in their file. */
export function labelTitle({ source, labels }: Pick<DataSummary, 'source' | 'labels'>): string {
  return source.kind === 'mnist' ? t('data.label.digit') : columnTitle(labels?.name ?? '')
}

/** What the label is called that the model of a run has learnt, in the same way; null where it has learnt none. */
export function learntLabelTitle({ label, config }: Pick<RunSummary, 'label' | 'config'>): string | null {
  return label && (config.data.kind === 'mnist' ? t('data.label.digit') : columnTitle(label.name))
}

type SetKey = Extract<MessageKey, `data.set.${string}`>

/** The name of each built-in table, and one sentence on it. */
export const TABLE_TEXTS = {
  mushrooms: { name: TABLE_NAMES.mushrooms, text: 'data.offer.mushrooms.text' },
} as const satisfies Readonly<Record<BuiltInTable, { readonly name: MessageKey; readonly text: MessageKey }>>

/** One sentence on each synthetic set. */
export const SYNTHETIC_TEXTS = {
  'bars-and-stripes': 'data.set.bars.text',
  'noisy-parity': 'data.set.parity.text',
  'markov-chain': 'data.set.markov.text',
  'ising-strip': 'data.set.ising.text',
} as const satisfies Readonly<Record<SyntheticKind, SetKey>>

export type SyntheticField = Exclude<keyof typeof SYNTHETIC_LIMITS, 'rows'>

/** What is said about a setting of a synthetic set, in the reader's language. */
export interface SyntheticFieldText {
  readonly label: string
  readonly unit: string
  readonly help: string
}

/** What the settings of synthetic sets are called, by key. */
export function syntheticFields(): Readonly<Record<SyntheticField, SyntheticFieldText>> {
  const [bits, pixels] = [t('field.unit.bits'), t('field.unit.pixels')]
  return {
    size: { label: t('data.set.size'), unit: pixels, help: t('data.set.size.help') },
    columns: { label: t('data.set.columns'), unit: t('field.unit.inputs'), help: t('data.set.columns.help') },
    noise: { label: t('data.set.noise'), unit: '', help: t('data.set.noise.help') },
    order: { label: t('data.set.order'), unit: bits, help: t('data.set.order.help') },
    height: { label: t('data.set.height'), unit: pixels, help: t('data.set.height.help') },
    width: { label: t('data.set.width'), unit: pixels, help: t('data.set.width.help') },
    coupling: { label: t('data.set.coupling'), unit: 'J/kT', help: t('data.set.coupling.help') },
  }
}
