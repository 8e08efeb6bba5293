import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { keptModel } from '../../../src/runs/kept-model'
import { checkpointShape, RunFolder } from '../../../src/runs/run-folder'
import { StudioError } from '../../../src/base/failure'
import { readInput } from '../input'
import { checkHistory } from '../targets/run-folders'
import { Fault, require } from './fault'

/**
 * Checks that the runs of a home, those in its bin too, are whole once nothing is at work in them, that none is lost, and that
 * no temporary file was left.
 * @param least so many there are at least
 * @throws Fault
 */
export async function checkRuns(home: string, least: number): Promise<void> {
  const runs = join(home, 'runs')
  const folders = [...(await foldersIn(runs)), ...(await foldersIn(join(runs, '.bin')))]
  require(folders.length >= least, `of ${least} runs there are ${folders.length}`)
  for (const folder of folders) await checkRun(new RunFolder(folder))
  for (const name of readInput(home).keys()) require(!name.endsWith('.tmp'), `a temporary file is left: ${name}`)
}

async function checkRun(folder: RunFolder): Promise<void> {
  const called = `the run ${JSON.stringify(folder.id.slice(0, 60))}`
  try {
    require(!(await folder.isHeld()), `${called} is held still`)
    const record = await folder.readRecord()
    checkHistory(await folder.readHistory(record))
    if (await folder.hasCheckpoint()) {
      const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(record))
      require(checkpoint !== null && failures.length === 0, `${called} has a checkpoint that cannot be read`)
    }
    if (await folder.hasBest()) await keptModel(folder, 'best')
  } catch (error) {
    if (error instanceof StudioError) throw new Fault(`${called} cannot be read any more: ${error.message}`)
    throw error
  }
}

/** The folders in one, but for hidden ones; none where it is not there. */
async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(path, name))
}
