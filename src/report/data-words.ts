import { variableCount, variablesFor } from '../made/variables'
import type { DataSource } from '../shared/data-source'
import type { Reader } from '../words/reader'
import type { ReportedRun } from './reported-run'

type Binarization = Extract<DataSource, { kind: 'mnist' }>['binarization']

/** How the rows of a run were made of its data, a sentence each. */
export function preparationWords({ summary, record }: ReportedRun, reader: Reader): string[] {
  const { t } = reader
  const { data } = record.config
  const variables = variableCount(variablesFor(summary))
  const sentences =
    variables === summary.columns
      ? [t('report.data.bits', { columns: summary.columns })]
      : [t('report.data.variables', { variables, columns: summary.columns })]
  if (data.kind === 'mnist') sentences.push(greyWords(data.binarization, reader))
  if (data.kind === 'synthetic') {
    const { kind: _kind, ...settings } = data.set
    const named = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
    sentences.push(t('report.data.synthetic', { seed: String(data.seed), settings: `(${named.join(', ')})` }))
  }
  const ofFile = data.kind === 'file' && data.preparation ? fileWords(data.preparation, reader) : []
  const ofLabel = summary.label ? [t('report.data.label', { label: summary.label.name })] : []
  return [...sentences, ...ofFile, ...ofLabel]
}

function fileWords(
  preparation: NonNullable<Extract<DataSource, { kind: 'file' }>['preparation']>,
  reader: Reader,
): string[] {
  const { t } = reader
  const { grey, binarization, valuesAs, numberBits, ownBits, omitted, missing, split } = preparation
  const sentences: string[] = []
  if (grey) sentences.push(greyWords(binarization, reader))
  else {
    sentences.push(
      valuesAs === 'variables'
        ? t('report.data.as-variables', { bins: numberBits + 1 })
        : t('report.data.as-bits', { bits: numberBits }),
    )
    if (ownBits.length > 0) sentences.push(t('report.data.own', { columns: ownBits.length }))
    sentences.push(t('report.data.missing', { way: missing }))
  }
  if (omitted.length > 0) sentences.push(t('report.data.omitted', { columns: omitted.length }))
  const { kind, valid, test } = split.amounts
  sentences.push(
    t('report.data.split', {
      given: split.keepGiven ? 'yes' : 'no',
      kind,
      valid,
      test,
      order: split.order,
      seed: String(split.seed),
    }),
  )
  return sentences
}

function greyWords(binarization: Binarization, { t }: Reader): string {
  const { kind } = binarization
  const number = kind === 'threshold' ? binarization.threshold : binarization.seed
  return t('report.data.grey', { way: kind, number: String(number), seed: String(number) })
}
