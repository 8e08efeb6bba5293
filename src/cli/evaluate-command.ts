import { findEngine } from '../engine/find'
import { saysOf } from '../base/advice'
import { logWidths } from '../data/preparation/density'
import { labelColumns } from '../made/variables'
import { scoreRows } from '../training/row-scores'
import { openEvaluated, type EvaluatedOptions } from './evaluated-rows'
import { evaluationFacts, evaluationInWords, learntLabel } from './evaluation-facts'
import { engineChoiceOf, processorUseOf } from './engine-options'
import { PhaseBar } from './progress'
import { inEnglishOnly, remark } from './remark'

export interface EvaluateOptions extends EvaluatedOptions {
  readonly json?: true
}

/**
 * `made evaluate`: the mean NLL of rows under the ensemble of the connectivities that the model stores, and how well it tells
 * their label if it learnt one. The data are prepared as those were that the model was trained on.
 */
export async function evaluateCommand(options: EvaluateOptions, signal: AbortSignal): Promise<void> {
  const choice = engineChoiceOf(options) ?? 'auto'
  const use = processorUseOf(options)
  const { model, preparation, data, part, rows } = await openEvaluated(options, signal)
  const engine = await findEngine(choice, use)
  const session = await engine.open(model, null)
  const bar = new PhaseBar('cli.bar.scoring')
  try {
    const scored = { bits: rows, known: data.known(part), lacksLabel: data.lacksLabel }
    const scores = await scoreRows(session, scored, model, async (share) => {
      signal.throwIfAborted()
      bar.show(share)
    })
    bar.stop()
    const widths = preparation && logWidths(rows, preparation.coding, scored.known)
    const place = labelColumns(model.spec)
    const label = place && learntLabel(place, preparation?.coding ?? null)
    const facts = evaluationFacts(scores, widths, label)
    const { leftOut, notes } = data
    const said = notes.map(saysOf)
    const connectivities = model.connectivities.length
    if (options.json)
      console.log(
        JSON.stringify({
          ...facts,
          rows: rows.rows,
          connectivities,
          engine: engine.id,
          split: part,
          leftOut,
          notes: inEnglishOnly(said),
        }),
      )
    else {
      remark(said)
      console.log(evaluationInWords(facts, label, { rows: rows.rows, part, connectivities, engine: engine.id }))
    }
  } finally {
    bar.stop()
    await session.close()
  }
}
