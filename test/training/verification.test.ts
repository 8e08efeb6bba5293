import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import type { DataSet } from '../../src/data/data-set'
import type { RunFolder } from '../../src/runs/run-folder'
import type { RunEvent } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import type { Verification } from '../../src/shared/verification'
import { verifyRun } from '../../src/training/verification'
import { say } from '../../src/words/say'
import { newRun, redrawnData, smallConfig, smallData, temporaryFolder, trainerOf } from './small-run'

const IMPOSSIBLE = { kind: 'impossible' } as const

function verify(folder: RunFolder, data: DataSet = smallData()): Promise<Verification> {
  return verifyRun({ folder, data: () => Promise.resolve(data), use: {}, between: () => Promise.resolve() })
}

async function trained(change: Partial<RunConfig> = {}, data: DataSet = smallData()): Promise<RunFolder> {
  const folder = await newRun(await temporaryFolder(), smallConfig(change), data)
  await (await trainerOf(folder, undefined, data)).run()
  return folder
}

describe('a run that is trained again', () => {
  it.each<[string, Partial<RunConfig>, (() => DataSet)?]>([
    ['as it is usually', {}],
    ['with weights that are averaged', { averagedEpochs: 3 }],
    ['with steps that follow a plan', { learningRateSchedule: 'cosine', outputBiases: 'frequencies' }],
    [
      'under connectivities that are drawn anew for every update',
      { orderings: -1, masks: -1, conditioningWeights: true },
    ],
    ['whose best model is not the newest', { epochs: 12, lookAhead: 2, optimizer: { kind: 'adam', learningRate: 0.2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } }], // prettier-ignore
    ['on rows that are drawn anew for each epoch', {}, redrawnData],
  ])('%s has the same parameters', async (_what, change, data = smallData) => {
    const verification = await verify(await trained(change, data()), data())
    expect(verification).toMatchObject({ kind: 'same', build: 'typescript', mayBeOther: false })
    if (verification.kind === 'impossible') throw new Error('it cannot be told')
    expect(verification.models.map(({ model }) => model)).toEqual(['best', 'newest'])
  })

  it('is compared where it was stopped, within an epoch, and where it was gone on with', async () => {
    for (const updates of [5, 17]) {
      const folder = await newRun(await temporaryFolder(), smallConfig({ averagedEpochs: 2 }))
      const ask = { stop: (): void => undefined }
      let isPaused = false
      const trainer = await trainerOf(folder, (event: RunEvent) => {
        const isThere = event.type === 'losses' && event.firstUpdate + event.losses.length > updates
        if (isThere && !isPaused) ask.stop()
        isPaused ||= isThere
      })
      ask.stop = () => trainer.ask(updates === 17 ? 'suspend' : 'stop')
      await trainer.run()
      expect(await verify(folder)).toMatchObject({ kind: 'same' })
      if (updates !== 17) continue
      await (await trainerOf(folder)).run()
      expect(await verify(folder)).toMatchObject({ kind: 'same' })
    }
  })

  it('leaves its folder as it was', async () => {
    const folder = await trained()
    const before = await readFile(join(folder.path, 'run.json'))
    await verify(folder)
    expect(await readFile(join(folder.path, 'run.json'))).toEqual(before)
    expect(await folder.isHeld()).toBe(false)
  })

  it('differs where one weight of it was changed by a hair, and it is said in which model', async () => {
    const folder = await trained()
    const model = await folder.readBest()
    const weights = model.parameters.get('output.weight')
    if (!weights) throw new Error('there are no weights')
    weights[0] += 1e-6
    await folder.stageBest(model)
    await folder.settleBest(model.validated ?? null)
    const verification = await verify(folder)
    expect(verification).toMatchObject({ kind: 'differs', models: [{ model: 'best', isSame: false }, { model: 'newest', isSame: true }] }) // prettier-ignore
  })

  it('of which the checkpoint is gone is compared by its best model alone', async () => {
    const folder = await trained()
    await folder.dropCheckpoints()
    expect(await verify(folder)).toMatchObject({ kind: 'same', models: [{ model: 'best' }] })
  })
})

describe('what cannot be verified here is said', () => {
  /** The same run, computed by something else as its files say. */
  async function computedBy(change: (line: string) => string): Promise<RunFolder> {
    const folder = await trained()
    await writeFile(folder.metricsPath, change(await readFile(folder.metricsPath, 'utf8')))
    return folder
  }

  it('where it was computed on a graphics card', async () => {
    const folder = await computedBy((text) => text.replace('"engine":"cpu"', '"engine":"webgpu"'))
    expect(await verify(folder)).toEqual({ ...IMPOSSIBLE, why: say('verify.other-engine', { engine: 'webgpu' }) })
  })

  it('where its files do not say by which kernels, or say several', async () => {
    const silent = await computedBy((text) => text.replace('"build":"typescript"', '"build":null'))
    expect(await verify(silent)).toEqual({ ...IMPOSSIBLE, why: say('verify.unknown-build') })
    const several = await computedBy((text) => `${text}{"type":"resumed","update":5,"engine":"cpu","build":"avx2"}\n`)
    expect(await verify(several)).toEqual({ ...IMPOSSIBLE, why: say('verify.several-builds') })
  })

  it('where its data are not there', async () => {
    const gone = new StudioError('invalid-data', say('run.data-changed', { name: 'chain' }), say('run.data-changed.hint')) // prettier-ignore
    const verification = await verifyRun({
      folder: await trained(),
      data: () => Promise.reject(gone),
      use: {},
      between: () => Promise.resolve(),
    })
    expect(verification).toEqual({ ...IMPOSSIBLE, why: gone.says })
  })

  it('and it can be given up', async () => {
    const folder = await trained()
    const cancelled = new StudioError('cancelled', say('verify.unknown-build'), say('verify.impossible.hint'))
    const given = verifyRun({ folder, data: () => Promise.resolve(smallData()), use: {}, between: () => Promise.reject(cancelled) }) // prettier-ignore
    await expect(given).rejects.toBe(cancelled)
  })
})
