import { lastLines, runQuietly } from '../setup/command.mjs'
import { projectFolder } from '../setup/project.mjs'
import { ensureFailingCalls } from '../setup/system-libraries.mjs'
import { ensureTortureBuild } from '../setup/torture-build.mjs'
import { addCounts, failed, noCounts, passed } from './counts.mjs'

/** The short form of the torture program; each kind of trouble is one check. */
export async function checkTorture() {
  const program = await ensureTortureBuild()
  await ensureFailingCalls()
  const words = ['--enable-source-maps', program, '--short']
  const { ok, output } = await runQuietly(process.execPath, words, { cwd: projectFolder })
  console.log(output.trimEnd())
  const lines = output.split('\n').map((line) => line.trimEnd())
  const skipped = lines.filter((line) => line.startsWith('SKIPPED: ')).length
  const done = lines.filter((line) => / seed \d+$/.test(line))
  const counts = done
    .map((line) => (line.includes('nothing lost') ? passed : failed(`torture: ${line}`)))
    .reduce(addCounts, noCounts)
  const broken = !ok && counts.failed === 0 ? failed(`torture\n${lastLines(output)}`) : noCounts
  return [counts, broken, { ...noCounts, skipped }].reduce(addCounts)
}
