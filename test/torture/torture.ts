import { spawn } from 'node:child_process'
import { inProject } from '../../scripts/setup/project.mjs'
import { endOf } from './command'
import type { Kind } from './kinds'
import { readOptions, type Options } from './options'
import { report, type Outcome } from './report'
import { inNamespace, NAMESPACE } from './small-disk'
import { Trial, type Plan, type Tally } from './trial'

/** The torture program: one kind of trouble after another, a line for each. Exit status 1 if anything was wrong. */
async function main(options: Options): Promise<number> {
  let isRight = true
  for (const kind of options.kinds) {
    const began = performance.now()
    const lacking = await kind.lacking()
    const count = options.count ?? (options.short ? kind.short : kind.long)
    const { seed, atATime } = options
    const plan = { seed, count, atATime, evidence: inProject('test-results', 'torture') }
    const tally = lacking === null ? await tallyOf(kind, plan) : null
    const outcome: Outcome = { kind, lacking, tally, seed, seconds: (performance.now() - began) / 1000 }
    console.log(report(outcome, options.json))
    if (tally && tally.faults.length > 0) isRight = false
  }
  return isRight ? 0 : 1
}

/** Kinds that make disks do it in a process of their own, so that no mount outlives it. */
async function tallyOf(kind: Kind, plan: Plan): Promise<Tally> {
  if (!kind.makesDisks || NAMESPACE in process.env) return Trial.of(kind.name, plan, kind.torture)
  const { seed, count, atATime } = plan
  const words = [kind.name, '--json', '--seed', String(seed), '--count', String(count), '--parallel', String(atATime)]
  const [program, ...args] = inNamespace(words)
  const child = spawn(program, args, {
    env: { ...process.env, [NAMESPACE]: 'mounts' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { stdout } = await endOf(child)
  return JSON.parse(stdout) as Tally
}

const options = readOptions(process.argv.slice(2))
process.exitCode = typeof options === 'number' ? options : await main(options)
