import { join } from 'node:path'
import type { Engine } from '../src/engine/contract'
import { hasHeads } from '../src/engine/session-checks'
import { parameterTensors, tensorOf } from '../src/made/spec'
import { referenceEngine } from './builds'
import { TRAINING } from './jobs'
import type { Materials, MaterialsRequest, Storeroom } from './materials'
import type { TorchPeer } from './peers/torch-peer'

/** More than this apart, in the loss or in any parameter after one step, is a mistake and not rounding. */
const MOST_DIFFERENCE = 1e-4

const MODELS: readonly MaterialsRequest[] = [
  { inputs: 123, hidden: [100], density: 0.11, masks: 1, orderings: 'natural', minibatch: 100, rows: 100 },
  { inputs: 61, hidden: [47, 83], density: 0.3, masks: 1, orderings: 'random', minibatch: 100, rows: 100 },
  {
    inputs: 45,
    variables: [
      { kind: 'binary', count: 9 },
      { kind: 'categorical', categories: 6, count: 2 },
      { kind: 'categorical', categories: 24 },
    ],
    hidden: [47, 83],
    density: 0.3,
    masks: 1,
    orderings: 'random',
    minibatch: 100,
    rows: 100,
  },
]

/** The loss of one Adam step and the parameters after it, end to end in the order of the model file. */
interface Step {
  readonly loss: number
  readonly after: Float32Array
}

/**
 * Checks that everybody computes the same thing: from the same parameters, masks and rows, the same loss and the same
 * parameters after one Adam step as the reference. Each comparison is told.
 * @returns those who do not, or who cannot do it
 */
export async function disagreeing(
  engines: readonly { readonly name: string; readonly engine: Engine }[],
  peers: readonly TorchPeer[],
  storeroom: Storeroom,
  tell: (line: string) => void,
): Promise<ReadonlySet<Engine | TorchPeer>> {
  const out = new Set<Engine | TorchPeer>()
  for (const model of MODELS) {
    const materials = storeroom.make(model)
    const expected = await engineStep(referenceEngine(), materials)
    const compare = async (who: Engine | TorchPeer, name: string, step: () => Promise<Step>): Promise<void> => {
      const of = `${name}, one step of ${model.variables ? 'table ' : ''}${model.inputs}-[${model.hidden.join(',')}]`
      try {
        const difference = furthest(expected, await step())
        const isSame = difference <= MOST_DIFFERENCE
        if (!isSame) out.add(who)
        tell(`  ${isSame ? 'agrees' : 'DIFFERS'}: ${of} from the reference by at most ${difference.toExponential(1)}`)
      } catch (error) {
        out.add(who)
        tell(`  FAILS: ${of}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    for (const { name, engine } of engines)
      if (name !== 'reference' && hasHeads(engine, materials.spec))
        await compare(engine, name, () => engineStep(engine, materials))
    for (const peer of peers)
      await compare(peer, `PyTorch (${peer.name})`, () => peer.oneStep(materials, join(storeroom.folder, 'after.f32')))
  }
  return out
}

async function engineStep(
  engine: Engine,
  { spec, parameters, rows, minibatches, connectivities }: Materials,
): Promise<Step> {
  const session = await engine.open({ spec, parameters }, TRAINING)
  await session.setData(rows)
  const [loss] = await session.train([minibatches[0]], [connectivities[0]])
  const state = await session.readState()
  await session.close()
  const after = parameterTensors(spec).flatMap(({ name }) => [...tensorOf(state.parameters, name)])
  return { loss, after: Float32Array.from(after) }
}

/** The largest difference; not a number, or another length, counts as infinitely far. */
function furthest(a: Step, b: Step): number {
  if (a.after.length !== b.after.length) return Infinity
  let most = Math.abs(a.loss - b.loss)
  for (let i = 0; i < a.after.length; i++) most = Math.max(most, Math.abs(a.after[i] - b.after[i]))
  return Number.isNaN(most) ? Infinity : most
}
