import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { MnistSource } from '../../src/data/mnist'
import { findEngine } from '../../src/engine/find'
import { decodeModel } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import { ask } from '../../src/questions/ask'
import { inProject } from '../../scripts/setup/project.mjs'

it('speed', { timeout: 600_000 }, async () => {
  const model = await decodeModel(bytesSource(readFileSync(process.env['MODEL'] ?? '')))
  console.log(model.spec.inputs, model.spec.hidden, model.connectivities.length, model.schedule)
  const parts = await new MnistSource(inProject('resources', 'mnist')).parts()
  const session = await (await findEngine('cpu', {})).open(model, null)
  const grey = (parts.test as any).values ?? (parts.test as any).images ?? (parts.test as any).greys
  console.log(Object.keys(parts.test))
  for (const half of ['top', 'bottom'] as const) {
    const bits = new BitMatrix(1, model.spec.inputs),
      known = new BitMatrix(1, model.spec.inputs)
    for (let d = 0; d < 784; d++)
      if (d < 392 === (half === 'top')) {
        known.set(0, d)
        if (grey[d] > 127) bits.set(0, d)
      }
    for (const [each, groups] of [
      [96, 1],
      [64, 16],
      [128, 78],
    ] as const)
      for (let r = 0; r < 3; r++) {
        const of = new Uint32Array(groups)
        const began = performance.now()
        const p = await session.particles({
          given: { rows: bits.select(of), known: known.select(of) },
          each,
          first: r * groups,
          seed: 1,
          connectivity: model.connectivities[0],
        })
        const origins = new Set(p.origins).size
        const z = Array.from({ length: groups }, (_, g) => p.logWeights[g * each])
        console.log(
          half,
          each,
          groups,
          (performance.now() - began).toFixed(1),
          'ms',
          'origins',
          origins,
          'logw',
          z
            .slice(0, 8)
            .map((v) => v.toFixed(1))
            .join(' '),
        )
      }
    for (const seconds of [0, 0.15, 2]) {
      const began = performance.now()
      const a = await ask(
        session,
        model,
        { bits, known },
        { seed: 1, accuracy: 0.01, seconds, draws: 16, onAnswer: () => undefined },
      )
      console.log(
        half,
        'ask',
        seconds,
        (performance.now() - began).toFixed(0),
        'ms',
        a.evidence,
        'max se',
        Math.max(...a.standardErrors),
      )
    }
  }
  await session.close()
})
