import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RandomStream } from '../../../src/made/random'
import { RunFolder } from '../../../src/runs/run-folder'
import { readAtRest } from '../at-rest'
import { isInWords, startMade, type Around } from '../command'
import { Lost } from '../compute-client'
import { FailingCalls } from '../fiu'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { faultsOfCourse, workToEnd } from '../scripted'
import { smallWork } from '../small-work'
import { Studio } from '../studio'
import type { Trial } from '../trial'
import { orHang } from '../waiting'

const EPOCHS = 12
/** Calls that Node.js itself does not need once it has loaded the program. */
const OF_FILES = [
  'posix/io/sync/*',
  'posix/io/dir/rename',
  'posix/io/dir/unlink',
  'posix/io/dir/opendir',
  'posix/io/oc/open',
]
/** Those that it does not need while it loads the program, either. */
const OF_SAVING = ['posix/io/sync/*', 'posix/io/dir/rename']
/** Those that Node.js cannot do without: it aborts, which is as good as a kill. */
const OF_ALL = ['posix/io/*', 'posix/io/rw/write']
const PROBABILITIES = [0.01, 0.05, 0.2, 0.5]

/** Calls of the C library fail at random under the compute process and under `made`. */
export async function failCalls(trial: Trial): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  await trial.cases(async (number) => {
    const random = trial.random(number)
    const pipes = join(trial.place, `pipes-${number}`)
    await mkdir(pipes)
    const calls = new FailingCalls(pipes)
    if (random.uniform() < 0.6) await inCompute(trial, number, calls, reference, random)
    else await inCommand(trial, number, calls, reference, random)
  })
}

/** Under the compute process: a person lets it go on again and again, and after a while finds what was wrong. */
async function inCompute(
  trial: Trial,
  number: number,
  calls: FailingCalls,
  reference: Reference,
  random: RandomStream,
): Promise<void> {
  const studio = await Studio.open(join(trial.place, `studio-${number}`), reference)
  const aborts = random.uniform() < 0.1
  const names = aborts ? [OF_ALL[random.below(OF_ALL.length)]] : [OF_FILES[random.below(OF_FILES.length)]]
  const probability = aborts ? 0.01 : PROBABILITIES[random.below(PROBABILITIES.length)]
  const patience = 1 + random.below(4)
  const client = studio.start(calls.around)
  try {
    await client.request('runs.list', undefined)
    trial.disturbed(`compute process: ${names.join(', ')}`)
    await calls.enable(client.pid, names, probability)
    // Whoever meets trouble while it is being mended waits for that too, and does not ask again in vain.
    let mending = Promise.resolve()
    const mend = (count: number): Promise<void> => {
      if (count === patience) mending = calls.disable(client.pid, names)
      return mending
    }
    const course = await workToEnd(studio, client, { tries: patience, mend }, () => trial.resumed())
    trial.note(course.troubles.length > 0 ? 'told' : 'overcome')
    await trial.found(number, faultsOfCourse(course), studio.runsFolder)
  } catch (error) {
    if (!(error instanceof Lost)) throw error
    if (!aborts) await trial.found(number, [`the process is gone: ${JSON.stringify(await client.ended)}`])
  } finally {
    await client.kill()
  }
  await trial.found(number, (await studio.faultsAtRest()).faults, studio.runsFolder)
  const second = studio.start()
  try {
    const course = await workToEnd(studio, second, { tries: 0, mend: () => Promise.resolve() })
    await trial.found(number, faultsOfCourse(course), studio.runsFolder)
  } finally {
    await second.kill()
  }
  await compare(trial, number, studio.mainFolder, reference)
}

/** Under `made`: it ends in words, and `made resume` goes on once all is well. */
async function inCommand(
  trial: Trial,
  number: number,
  calls: FailingCalls,
  reference: Reference,
  random: RandomStream,
): Promise<void> {
  const place = join(trial.place, `command-${number}`)
  await mkdir(place)
  const settings = join(place, 'settings.json')
  await writeFile(settings, JSON.stringify(reference.config))
  const folder = new RunFolder(join(place, 'run'))
  const run = async (around: Around): ReturnType<typeof startMade>['ended'] => {
    const isThere = await folder.exists()
    if (isThere) trial.resumed()
    const args = isThere ? ['resume', folder.path] : ['train', '--config', settings, '--out', folder.path]
    return orHang(`made ${args[0]}`, startMade(args, around).ended)
  }
  const all = random.uniform() < 0.3
  const name = all ? OF_ALL[0] : OF_SAVING[random.below(OF_SAVING.length)]
  const probability = all ? 0.002 : [0.005, 0.02, 0.1][random.below(3)]
  for (let tries = 1 + random.below(3); tries > 0; tries--) {
    trial.disturbed(`made: ${name}`)
    const end = await run(calls.aroundFailing(name, probability))
    if (end.status === 0) break
    if (!all && !isInWords(end))
      await trial.found(number, [`made ended with ${end.status ?? end.signal}: ${end.stderr}`], place)
    await trial.found(number, (await readAtRest(folder, reference)).faults, place)
  }
  const last = await run({})
  if (last.status !== 0)
    await trial.found(number, [`made ended with ${last.status ?? last.signal}: ${last.stderr}`], place)
  await compare(trial, number, folder, reference)
}

async function compare(trial: Trial, number: number, folder: RunFolder | null, reference: Reference): Promise<void> {
  if (!folder) return trial.found(number, ['there is no run at the end'])
  trial.ended()
  await trial.found(number, await faultsAtEnd(folder, reference), folder.path)
}
