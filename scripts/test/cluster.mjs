/**
 * `npm run test:cluster`: does sweeps on a real Slurm of two nodes on this computer, through nodes that die, jobs that are
 * cancelled and jobs that are preempted (test/cluster). It takes some three minutes; Slurm is installed where it can be.
 */
import '../setup/node-version.mjs'
import { mkdirSync } from 'node:fs'
import { ensureCliBuild } from '../setup/cli-build.mjs'
import { ensureNativeBuild } from '../setup/native-build.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { inProject } from '../setup/project.mjs'
import { ensurePrograms } from '../setup/system-libraries.mjs'
import { runScript, say } from '../setup/talk.mjs'
import { tellCounts } from './counts.mjs'
import { runTests } from './vitest.mjs'

/** Debian keeps daemons apart from what is on everybody's path. */
const DAEMONS = '/usr/sbin'

await runScript(async () => {
  await ensureNodeModules()
  await ensureNativeBuild()
  await ensureCliBuild()
  process.env.PATH = `${process.env.PATH ?? ''}:${DAEMONS}`
  const programs = await ensurePrograms({ sbatch: 'slurm-wlm', slurmctld: 'slurm-wlm', munged: 'munge' }, 'Slurm')
  if (!programs.ok)
    say(`SKIPPED: the tests on Slurm. The system lacks ${programs.lacking}. To install: ${programs.line}`)
  mkdirSync(inProject('test-results'), { recursive: true })
  tellCounts(await runTests('cluster', process.argv.slice(2), process.env))
})
