import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { EngineLine } from '../../src/cli/engines-command'
import { loadAddon } from '../../src/engine/cpu/load-addon'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere, startMadeBy } from './made-command'

const DATA = 'synthetic:bars-and-stripes,size=3,train=200,valid=50,test=50'

async function jsonLines(path: string): Promise<Record<string, unknown>[]> {
  return (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('--threads and --kernels choose how the processor is used, and each stretch of a run says what it was computed by', async () => {
  const run = join(await temporaryFolder(), 'run')
  const train = ['train', '--data', DATA, '--out', run, '--hidden', '10', '--epochs', '1']
  expect(await runMadeHere(...train, '--threads', '3', '--kernels', 'wasm')).toMatchObject({ status: 0, stderr: '' })
  const record = async (): Promise<unknown> => JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))
  expect(await record()).toMatchObject({
    config: { engine: 'cpu' },
    engine: { id: 'cpu', build: 'wasm', device: { english: expect.stringMatching(/, WebAssembly SIMD, 3 threads$/) } },
  })
  const more = ['resume', run, '--epochs', '2', '--threads', '1', '--kernels', 'typescript', '--json']
  const resumed = await runMadeHere(...more)
  expect(JSON.parse(resumed.stdout)).toMatchObject({ epochs: 2, build: 'typescript' })
  expect(await record()).toMatchObject({
    engine: { build: 'typescript', device: { english: expect.stringMatching(/TypeScript, 1 thread$/) } },
  })
  const stretches = (await jsonLines(join(run, 'metrics.jsonl'))).filter(({ build }) => build !== undefined)
  expect(stretches).toMatchObject([
    { type: 'started', update: 0, engine: 'cpu', build: 'wasm' },
    { type: 'resumed', update: 2, engine: 'cpu', build: 'typescript' },
  ])
  const model = join(run, 'best.safetensors')
  for (const build of ['wasm-relaxed', 'typescript']) {
    const use = ['--threads', '2', '--kernels', build]
    expect(await runMadeHere('evaluate', '--model', model, '--data', DATA, ...use)).toMatchObject({ status: 0 })
    const out = join(run, `${build}.npy`)
    expect(await runMadeHere('sample', '--model', model, '--count', '20', '--out', out, ...use)).toMatchObject({
      status: 0,
    })
  }
  expect(await readFile(join(run, 'typescript.npy'))).toEqual(await readFile(join(run, 'wasm-relaxed.npy')))
})

it('what cannot be is refused in words', async () => {
  const run = join(await temporaryFolder(), 'run')
  const train = ['train', '--data', DATA, '--out', run]
  const refusals: [number, RegExp, string[]][] = [
    [2, /--threads is "none", which is not a number/, ['--threads', 'none']],
    [2, /--threads is "0"; it must be a whole number of 1 or more/, ['--threads', '0']],
    [2, /--threads is 5000; the most is 1024/, ['--threads', '5000']],
    [
      2,
      /--kernels is "sse"; it must be one of avx512, avx2, baseline, wasm-relaxed, wasm, typescript/,
      ['--kernels', 'sse'],
    ],
    [2, /--kernels is a build of the engine cpu, but --engine is webgpu/, ['--kernels', 'wasm', '--engine', 'webgpu']],
  ]
  for (const [status, sentence, options] of refusals)
    expect(await runMadeHere(...train, ...options)).toMatchObject({ status, stderr: expect.stringMatching(sentence) })
  const builds = loadAddon().addon?.builds() ?? []
  const absent = (['avx512', 'avx2', 'baseline'] as const).find((build) => !builds.includes(build))
  if (absent === undefined) return
  const sentence = new RegExp(`The build ${absent} of the cpu engine does not work here\\. Those that do: `)
  expect(await runMadeHere(...train, '--kernels', absent)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(sentence),
  })
})

/** A control group of the first version that may keep one core busy; null where none can be made. */
function groupOfOneCore(): string | null {
  const folder = `/sys/fs/cgroup/cpu/made-test-${process.pid}`
  try {
    mkdirSync(folder)
    onTestFinished(() => rmdirSync(folder))
    writeFileSync(join(folder, 'cpu.cfs_period_us'), '100000')
    writeFileSync(join(folder, 'cpu.cfs_quota_us'), '100000')
    return folder
  } catch {
    return null
  }
}

it('a real control group that grants one core is seen', async ({ skip }) => {
  if (availableParallelism() < 2) return skip('this computer has only one core')
  const group = groupOfOneCore()
  if (group === null) return skip('no control group of version 1 can be made here')
  const starter = ['sh', '-c', `echo $$ > ${group}/cgroup.procs && exec "$@"`, 'sh']
  const { stdout } = await startMadeBy(starter, 'engines', '--json').finished
  const [cpu] = JSON.parse(stdout) as EngineLine[]
  expect(cpu.device?.name).toMatch(/, 1 thread$/)
})
