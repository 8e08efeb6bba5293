import { extname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { csvLine } from '../data/table-text'
import { findEngine } from '../engine/find'
import { replaceFile } from '../files/durable-file'
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
}

/** `made score`: log p of every row, in their order, as CSV; with every term of it, where they are asked for. */
export async function scoreCommand(options: ScoreOptions, signal: AbortSignal): Promise<void> {
  const use = processorUseOf(options)
  if (extname(options.out).toLowerCase() !== '.csv')
    throw new UsageError(say('cli.value.ending', { option: '--out', text: options.out, ending: '.csv' }))
  const { model, preparation, data, part, rows } = await openEvaluated(options, signal)
  const known = data.known(part)
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
      yield encoder.encode(csvLine(['row', 'log_p', ...names]))
      for (let start = 0; start < rows.rows; start += ROWS_AT_ONCE) {
        signal.throwIfAborted()
        const slice = rows.slice(start, Math.min(rows.rows, start + ROWS_AT_ONCE))
        const terms = options.byVariable ? (await surprises(session, model, slice)).terms : null
        let text = ''
        for (let row = 0; row < slice.rows; row++) {
          const ofRow = terms ? Array.from(terms.subarray(row * variables.length, (row + 1) * variables.length)) : []
          text += csvLine([start + row, logs[start + row], ...ofRow.map((term) => -term)])
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
