import { extname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { csvLine } from '../data/table-text'
import { findEngine } from '../engine/find'
import { replaceFile } from '../files/durable-file'
import type { Model } from '../made/model-file'
import { connectivityList, isUnlimited, testListLength } from '../made/schedule'
import { surprises } from '../questions/surprise'
import { scoreRows } from '../training/row-scores'
import { say } from '../words/say'
import { askedVariables, nameOf } from './asked-variables'
import { processorUseOf } from './engine-options'
import { openEvaluated, type EvaluatedOptions } from './evaluated-rows'
import { PhaseBar } from './progress'
import { remark } from './remark'
import { UsageError } from './usage'
import { t } from './words'

/** Rows of which every term is told at a time. */
const ROWS_AT_ONCE = 500

export interface ScoreOptions extends EvaluatedOptions {
  readonly out: string
  readonly byVariable?: true
  readonly shard?: string
  readonly allConnectivities?: true
}

/**
 * `made score`: log p of every row, in their order, as CSV; with every term of it, where they are asked for. What is said of a
 * row depends on it alone, so that parts (`--shard`) one after another are the same file, to the last bit.
 */
export async function scoreCommand(options: ScoreOptions, signal: AbortSignal): Promise<void> {
  const use = processorUseOf(options)
  if (extname(options.out).toLowerCase() !== '.csv')
    throw new UsageError(say('cli.value.ending', { option: '--out', text: options.out, ending: '.csv' }))
  const shard = options.shard === undefined ? { number: 0, of: 1 } : shardOf(options.shard)
  const { model: opened, preparation, data, part, rows: all } = await openEvaluated(options, signal)
  const model = options.allConnectivities ? withWholeList(opened) : opened
  const [first, end] = [shard.number, shard.number + 1].map((number) => Math.floor((number * all.rows) / shard.of))
  const rows = all.slice(first, end)
  const known = data.known(part)?.slice(first, end) ?? null
  if (options.byVariable && known !== null)
    throw new StudioError('invalid-data', say('cli.score.incomplete'), say('cli.score.incomplete.hint'))
  const session = await (await findEngine('cpu', use)).open(model, null)
  const bar = new PhaseBar('cli.bar.scoring')
  try {
    const { logs } = await scoreRows(
      session,
      { bits: rows, known, lacksLabel: data.lacksLabel },
      model,
      async (share) => {
        signal.throwIfAborted()
        bar.show(share)
      },
    )
    const { variables } = askedVariables(model.spec, preparation)
    const lines = async function* (): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder()
      const names = options.byVariable ? variables.map(nameOf) : []
      // Of parts the first one begins the file.
      if (shard.number === 0) yield encoder.encode(csvLine(['row', 'log_p', ...names]))
      for (let start = 0; start < rows.rows; start += ROWS_AT_ONCE) {
        signal.throwIfAborted()
        const slice = rows.slice(start, Math.min(rows.rows, start + ROWS_AT_ONCE))
        const terms = options.byVariable ? (await surprises(session, model, slice)).terms : null
        let text = ''
        for (let row = 0; row < slice.rows; row++) {
          const ofRow = terms ? Array.from(terms.subarray(row * variables.length, (row + 1) * variables.length)) : []
          text += csvLine([first + start + row, logs[start + row], ...ofRow.map((term) => -term)])
        }
        yield encoder.encode(text)
      }
    }
    await replaceFile(resolve(options.out), lines())
  } finally {
    bar.stop()
    await session.close()
  }
  if (options.byVariable && model.connectivities.length > 1)
    remark([say('cli.score.mean-terms', { connectivities: model.connectivities.length })])
  console.log(t('cli.score.written', { rows: rows.rows, out: options.out }))
}

/** A part as typed, such as 0/8. @throws UsageError */
function shardOf(text: string): { readonly number: number; readonly of: number } {
  const [, number, of] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? []).map(Number)
  if (of > number) return { number, of }
  throw new UsageError(say('cli.score.shard', { text }))
}

/** The model under the whole list of its schedule, of which its file stores the beginning. @throws StudioError 'invalid-model' */
function withWholeList(model: Model): Model {
  const { schedule, spec } = model
  if (!schedule || isUnlimited(schedule))
    throw new StudioError('invalid-model', say('cli.score.no-list'), say('cli.score.no-list.hint'))
  return { ...model, connectivities: connectivityList(spec, schedule, testListLength(schedule, 0)) }
}
