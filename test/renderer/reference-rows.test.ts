import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amongRuns, referenceRows, referenceWords, type ReferenceRow } from '../../src/renderer/logic/reference-rows'
import type { MixtureResult } from '../../src/shared/contract'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

const none = (): null => null
const mixture: MixtureResult = { components: 20, seed: 1, iterations: 3, nll: { train: 118, valid: 119, test: 120 } }

describe('losses that runs are compared with', () => {
  it('are as far as they are known, each of the rows that it is of', () => {
    expect(referenceRows([summaryOf('a')], none)).toEqual([])
    const references = { independent: 206, entropy: 80, mixture: null }
    const runs = [summaryOf('a', { dataHash: 'x' }), summaryOf('b', { dataHash: 'x', references })]
    const rows = referenceRows(runs, none)
    expect(rows.map(({ key }) => key)).toEqual(['independent', 'entropy'])
    expect([rows[0].validation, rows[0].test].map(referenceWords)).toEqual(['206.00', '≈ 206.00'])
    expect(referenceWords(rows[1].test)).toBe('80.00')
    // A mixture that was fitted since.
    const [, fitted] = referenceRows(runs, (hash) => (hash === 'x' ? mixture : null))
    expect([fitted.validation, fitted.test].map(referenceWords)).toEqual(['119.00', '120.00'])
  })

  it('with a label, what is published is of p(x) alone', () => {
    const adult = 'a3ccc5bc6a263f62990e016227f81fe5389c5b3d8465713ec869387e68047594'
    const references = { independent: 30, entropy: null, mixture: null }
    const [, published] = referenceRows([summaryOf('a', { dataHash: adult, references })], none)
    expect(published).toMatchObject({ key: 'published', test: { nats: 13.12 }, unlabelled: { nats: 13.12 } })
    const labelled = { ...references, withoutLabel: { hash: adult, independent: 29 } }
    const rows = referenceRows([summaryOf('a', { dataHash: 'y', references: labelled })], none)
    expect(rows.at(0)).toMatchObject({ test: { nats: 30 }, unlabelled: { nats: 29, isApproximate: true } })
    expect(rows.at(1)).toMatchObject({
      key: 'published',
      test: null,
      unlabelled: { nats: 13.12, isApproximate: false },
    })
    // Of another draw of the same pictures it is near.
    const redrawn = {
      ...DEFAULT_RUN_CONFIG,
      data: { kind: 'mnist', binarization: { kind: 'redrawn', seed: 3 } },
    } as const
    const [, near] = referenceRows([summaryOf('a', { dataHash: 'z', config: redrawn, references })], none)
    expect(referenceWords(near.test)).toBe('≈ 84.13')
  })

  it('stand where they belong among runs that are sorted, and below them else', () => {
    const row = (nats: number): ReferenceRow => {
      const loss = { nats, isApproximate: false }
      return { key: 'independent', name: '', validation: null, test: loss, unlabelled: loss }
    }
    const losses = fc.array(fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: undefined }), { maxLength: 9 })
    const references = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { maxLength: 4 })
    fc.assert(
      fc.property(losses, references, fc.boolean(), (some, nats, isDescending) => {
        const by = new Map(some.map((loss, i) => [`${i}`, loss]))
        const known = [...by].filter(([, loss]) => loss !== undefined).map(([id]) => id)
        const sorted = known.sort((a, b) => ((by.get(a) ?? 0) - (by.get(b) ?? 0)) * (isDescending ? -1 : 1))
        const unknown = [...by.keys()].filter((id) => by.get(id) === undefined)
        const runs = [...sorted, ...unknown].map((id) => summaryOf(id))
        const lossOf = ({ id }: { id: string }): number | undefined => by.get(id)
        const lines = amongRuns(runs, nats.map(row), 'test', lossOf, isDescending)
        expect(lines.flatMap((line) => (line.kind === 'run' ? line.run : []))).toEqual(runs)
        expect(lines).toHaveLength(runs.length + nats.length)
        const all = lines.flatMap((line) => (line.kind === 'run' ? lossOf(line.run) : line.row.test?.nats) ?? [])
        expect(all).toEqual(all.toSorted((a, b) => (isDescending ? b - a : a - b)))
        const apart = amongRuns(runs, nats.map(row), null, lossOf, isDescending)
        expect(apart.slice(0, runs.length).every(({ kind }) => kind === 'run')).toBe(true)
      }),
    )
  })
})
