import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inProject } from '../../../scripts/setup/project.mjs'
import { faultsOfLoss } from '../at-rest'
import { Lost } from '../compute-client'
import { linesOf, underLayer, type LayerOrder } from '../layer-order'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { faultsOfCourse, ONCE_MORE, workToEnd } from '../scripted'
import { smallWork } from '../small-work'
import { Studio } from '../studio'
import type { Trial } from '../trial'

/** Enough for a checkpoint before the last, and for a model that is replaced. */
const EPOCHS = 2
const LAYER = inProject('out', 'torture', 'file-layer.js')

/** SIGKILL before and within every change of a file in the work of the compute process, one after another. */
export async function killAtEveryStep(trial: Trial): Promise<void> {
  const troubles = ['kill', 'tear'] as const
  await atEveryStep(trial, troubles, async (studio, order, number) => {
    const client = studio.start(underLayer(LAYER, order))
    try {
      await workToEnd(studio, client, ONCE_MORE)
    } catch (error) {
      if (!(error instanceof Lost)) throw error
    } finally {
      // It may have come to its end without that change of a file.
      await client.kill()
    }
    const before = await studio.faultsAtRest()
    await trial.found(number, before.faults, studio.runsFolder)
    const second = studio.start()
    try {
      const course = await workToEnd(studio, second, ONCE_MORE, () => trial.resumed())
      const told = course.troubles.map((trouble) => `it was told: ${trouble}`)
      await trial.found(number, [...faultsOfCourse(course), ...told], studio.runsFolder)
    } finally {
      await second.kill()
    }
    const after = await studio.faultsAtRest()
    await trial.found(number, [...after.faults, ...faultsOfLoss(before.atRest, after.atRest)], studio.runsFolder)
  })
}

/** Every change of a file in the work of the compute process fails, one after another, and a person asks once more. */
export async function failAtEveryStep(trial: Trial): Promise<void> {
  await atEveryStep(trial, ['ENOSPC', 'EIO', 'EROFS', 'EACCES'], async (studio, order, number) => {
    const client = studio.start(underLayer(LAYER, order))
    try {
      const course = await workToEnd(studio, client, ONCE_MORE, () => trial.resumed())
      trial.note(course.troubles.length > 0 ? 'told' : 'overcome')
      await trial.found(number, faultsOfCourse(course), studio.runsFolder)
    } finally {
      await client.kill()
    }
    await trial.found(number, (await studio.faultsAtRest()).faults, studio.runsFolder)
  })
}

/** Goes through the changes of files that the scripted work makes, as often as was asked for, each with the next trouble. */
async function atEveryStep(
  trial: Trial,
  troubles: readonly LayerOrder['trouble'][],
  work: (studio: Studio, order: LayerOrder, number: number) => Promise<void>,
): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  const steps = await stepsOf(trial, reference)
  const cases = Array.from({ length: Math.min(trial.plan.count, steps.length * troubles.length) }, (_, i) => i)
  // Fewer cases than steps are spread over all of them.
  const stride = Math.max(1, steps.length / cases.length)
  await trial.each(cases, async (number) => {
    const at = (Math.floor(number * stride) % steps.length) + 1
    const round = Math.floor(number / steps.length)
    const trouble = troubles[(number + round) % troubles.length]
    const studio = await Studio.open(join(trial.place, `studio-${number}`), reference)
    trial.disturbed(`${steps[at - 1]}: ${trouble}`)
    await work(studio, { folder: studio.runsFolder, at, trouble, trace: null }, number)
    const folder = studio.mainFolder
    if (!folder) return trial.found(number, ['there is no run at the end'], studio.runsFolder)
    trial.ended()
    await trial.found(number, await faultsAtEnd(folder, reference), studio.runsFolder)
  })
}

/** The changes of files that the work makes, in words. */
async function stepsOf(trial: Trial, reference: Reference): Promise<string[]> {
  const studio = await Studio.open(join(trial.place, 'studio-undisturbed'), reference)
  const trace = join(trial.place, 'steps.jsonl')
  const client = studio.start(underLayer(LAYER, { folder: studio.runsFolder, at: 0, trouble: 'kill', trace }))
  try {
    await workToEnd(studio, client, ONCE_MORE)
  } finally {
    await client.kill()
  }
  const lines = linesOf(await readFile(trace, 'utf8'))
  return lines.flatMap((line) => (line.type === 'change' && line.counts ? [line.op] : []))
}
