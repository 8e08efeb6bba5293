import { withFile } from '../data/file-source'
import { findEngine } from '../engine/find'
import { StudioError } from '../base/failure'
import { decodeModel } from '../made/model-file'
import { ENGINE_CHOICES } from '../made/engines'
import { SPLITS } from '../data/split'
import { evaluate } from '../training/evaluation'
import { dataSourceOf, openData } from './places'
import { PhaseBar } from './progress'
import { oneOf } from './usage'

export interface EvaluateOptions {
  readonly model: string
  readonly data: string
  readonly split: string
  readonly engine: string
  readonly json?: true
}

/** `made evaluate`: the mean NLL of a part of the data under the ensemble of the connectivities that the model stores. */
export async function evaluateCommand(options: EvaluateOptions): Promise<void> {
  const split = oneOf('--split', options.split, SPLITS)
  const choice = oneOf('--engine', options.engine, ENGINE_CHOICES)
  const source = dataSourceOf(options.data)
  const model = await withFile(options.model, decodeModel)
  const data = await openData(source)
  if (data.columns !== model.spec.inputs)
    throw new StudioError(
      'invalid-data',
      `The model has ${model.spec.inputs} inputs, but the data have ${data.columns} columns.`,
      'Choose the data that the model was trained on.',
    )
  const engine = await findEngine(choice)
  const session = await engine.open(model, null)
  const bar = new PhaseBar('scoring')
  const { nll, interval95, rows, connectivities } = await evaluate(
    session,
    data.splits[split],
    model.connectivities,
    (share) => Promise.resolve(bar.show(share)),
  )
  bar.stop()
  await session.close()
  if (options.json) console.log(JSON.stringify({ nll, interval95, rows, connectivities, engine: engine.id }))
  else
    console.log(
      `${nll.toFixed(4)} ± ${interval95.toFixed(4)} nats (mean negative log-likelihood of ${rows} rows, ` +
        `${connectivities} ${connectivities === 1 ? 'connectivity' : 'connectivities'}, ${engine.id})`,
    )
}
