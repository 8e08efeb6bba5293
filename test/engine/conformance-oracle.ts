import { describe, expect, it } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import { ensembleLogLikelihood } from '../../src/made/likelihood'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS, type Optimizer } from '../../src/made/optimizer'
import { tensorOf } from '../../src/made/spec'
import { variablesOf } from '../../src/made/variables'
import { hasPosterior, oracleNamesOver, readOracle } from '../reference/oracle'
import { rowArrays } from '../reference/random-models'
import { close, everyRow, opened, openedToScore, WHOLE_STEP, type EngineUnderTest } from './engine-under-test'

/** The optimizers with the constants of the oracle. */
export const ORACLE_OPTIMIZERS: Record<(typeof OPTIMIZER_KINDS)[number], Optimizer> = {
  sgd: { kind: 'sgd', learningRate: 0.1, decay: 0, momentum: 0 },
  adagrad: { kind: 'adagrad', learningRate: 0.05, epsilon: 1e-6 },
  adadelta: { kind: 'adadelta', rho: 0.95, epsilon: 1e-5 },
  adam: DEFAULT_OPTIMIZERS.adam,
}

/** An engine computes what an independent program computed in double precision. */
export function oracleConformance(engine: EngineUnderTest): void {
  const { tolerance, heads } = engine
  describe.each(oracleNamesOver(heads))(`${engine.name} reproduces %s`, (oracleName) => {
    it('logits, likelihoods and the ensemble', async () => {
      const { model, rows, logits, logLikelihood, ensemble } = await readOracle(oracleName)
      const session = await openedToScore(engine, model.spec, model.parameters)
      close(await session.conditionals(rows, model.connectivities[0]), logits.flat(), tolerance)
      const scored = await session.logLikelihood(rows, model.connectivities)
      expect(scored).toHaveLength(logLikelihood.length)
      scored.forEach((values, i) => close(values, logLikelihood[i], tolerance))
      close(ensembleLogLikelihood(scored), ensemble, tolerance)
      await session.close()
    })

    it('gradients', async () => {
      const { model, rows, gradients, meanNll } = await readOracle(oracleName)
      const session = await opened(engine, model.spec, model.parameters, WHOLE_STEP)
      await session.setData(rows)
      const [loss] = await session.train([everyRow(rows)], [model.connectivities[0]])
      expect(loss).toBeCloseTo(meanNll, 4)
      const after = (await session.readState()).parameters
      for (const [tensor, expected] of gradients) {
        const before = tensorOf(model.parameters, tensor)
        close(
          tensorOf(after, tensor).map((w, i) => before[i] - w),
          expected,
          tolerance,
        )
      }
      await session.close()
    })

    it.each(OPTIMIZER_KINDS)('one step of %s', async (kind) => {
      const { model, rows, afterOneStep } = await readOracle(oracleName)
      const session = await opened(engine, model.spec, model.parameters, ORACLE_OPTIMIZERS[kind])
      await session.setData(rows)
      await session.train([everyRow(rows)], [model.connectivities[0]])
      const after = (await session.readState()).parameters
      for (const [tensor, expected] of afterOneStep[kind]) close(tensorOf(after, tensor), expected, tolerance)
      await session.close()
    })
  })

  describe.each(oracleNamesOver(heads).filter(hasPosterior))(
    `${engine.name} reproduces the posterior of %s`,
    (oracleName) => {
      it('of the variable that leads first', async () => {
        const { model, rows, posterior } = await readOracle(oracleName)
        const { first } = variablesOf(model.spec)
        const label = model.spec.leading?.[0] ?? 0
        const [start, end] = [first[label], first[label + 1]]
        const values = Array.from({ length: end - start }, (_, y) => y)
        const all = rowArrays(rows).flatMap((row) =>
          values.map((y) => [...row].map((bit, d) => (d < start || d >= end ? bit : d === start + y ? 1 : 0))),
        )
        const session = await openedToScore(engine, model.spec, model.parameters)
        const joint = ensembleLogLikelihood(
          await session.logLikelihood(
            BitMatrix.fromBytes(all.length, model.spec.inputs, all.flat()),
            model.connectivities,
          ),
        )
        posterior?.forEach((expected, row) => {
          const p = values.map((y) => Math.exp(joint[row * values.length + y]))
          const sum = p.reduce((total, value) => total + value, 0)
          close(
            p.map((value) => value / sum),
            expected,
            tolerance,
          )
        })
        await session.close()
      })
    },
  )
}
