import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ensureFuzzBuild } from '../../scripts/setup/fuzz-build.mjs'
import { runQuietly } from '../../scripts/setup/command.mjs'
import { generate } from './generate'
import { readInput } from './input'
import { Campaign, type CampaignOptions, type CampaignResult } from './running/campaign'
import type { FindRecord } from './running/finds'
import { FAULTY_TARGET } from './targets/faulty'

let program = ''
beforeAll(async () => {
  program = await ensureFuzzBuild()
}, 300_000)

/** Of this seed the inputs have faults of all kinds. */
const SEED = 7
const INPUTS = 14
/** The input that has no end, and the first that is made. */
const [HANG, FIRST] = [1, 2]
/** No input takes so long, however busy the machine is. */
const FOR_EVER = 3_600_000

interface Run {
  readonly result: CampaignResult
  readonly finds: readonly (FindRecord & { readonly text: string })[]
  /** How many inputs were kept because they reached new ground. */
  readonly kept: number
}

/** Runs a campaign over faults. */
async function campaign(change: Partial<CampaignOptions> = {}): Promise<Run> {
  const out = await mkdtemp(join(tmpdir(), 'made-fuzz-'))
  onTestFinished(() => rm(out, { recursive: true, force: true }))
  const finds: Run['finds'][number][] = []
  const options = {
    program: join(dirname(program), 'worker.js'),
    seed: SEED,
    from: FIRST,
    inputs: INPUTS,
    milliseconds: Infinity,
    out,
    explores: false,
  }
  const result = await new Campaign(
    FAULTY_TARGET,
    { ...options, patience: FOR_EVER, signal: new AbortController().signal, ...change },
    {
      progress: () => undefined,
      find: (record, folder) =>
        finds.push({ ...record, text: new TextDecoder().decode(readInput(folder).get('word')) }),
    },
  ).run()
  const corpus = join(out, 'corpus', FAULTY_TARGET.name)
  return { result, finds, kept: existsSync(corpus) ? readInput(corpus).size : 0 }
}

/** The texts of the inputs that a campaign makes, from the first on. */
async function texts(): Promise<string[]> {
  const corpus = await FAULTY_TARGET.seeds()
  return Array.from({ length: INPUTS }, (_, i) =>
    new TextDecoder().decode(generate(FAULTY_TARGET, corpus, SEED, FIRST + i).get('word')),
  )
}

/** What is to be found of each kind of fault: what is said of it. */
const FAULTS = [
  { text: 'fault', kind: 'fault', words: /one and one is three/ },
  { text: 'thrown', kind: 'thrown', words: /x is not a function/ },
  { text: 'internal', kind: 'thrown', words: /Something went wrong/ },
  { text: 'stray', kind: 'thrown', words: /nobody waits/ },
  { text: 'memory', kind: 'memory', words: /took 4\d\d MiB/ },
  { text: 'pollution', kind: 'pollution', words: /prototype/ },
  { text: 'crash', kind: 'crash', words: /SIGSEGV/ },
]

describe('a campaign', () => {
  it('finds faults of every kind, the first of each again and alone, makes its input small, and keeps what reaches new ground', async () => {
    const all = await texts()
    const { result, finds, kept } = await campaign({ explores: true })
    expect(result).toMatchObject({ next: FIRST + INPUTS, differentFinds: FAULTS.length, figures: { inputs: INPUTS } })
    expect(result.figures.finds).toBeGreaterThan(FAULTS.length)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(INPUTS)
    for (const { text, kind, words } of FAULTS) {
      const index = FIRST + all.findIndex((one) => one.includes(text))
      const find = { text, kind, words: expect.stringMatching(words), index, isConfirmed: true, seed: SEED }
      expect(finds).toContainEqual(expect.objectContaining(find))
    }
  }, 300_000)

  it('ends an input that has no end', async () => {
    const { result, finds } = await campaign({ from: HANG, inputs: 2, patience: 200 })
    expect(finds).toContainEqual(expect.objectContaining({ kind: 'hang', index: HANG, isConfirmed: true }))
    expect(result.next).toBe(HANG + 2)
  })
})

it('npm run fuzz says what it did, and goes on where it was left off', async () => {
  const out = await mkdtemp(join(tmpdir(), 'made-fuzz-'))
  onTestFinished(() => rm(out, { recursive: true, force: true }))
  const args = [program, '--targets', 'models', '--inputs', '30', '--out', out]
  for (const next of [30, 60]) {
    const { ok, stdout } = await runQuietly(process.execPath, args)
    expect([ok, stdout]).toEqual([true, expect.stringMatching(/models +30 /)])
    expect(JSON.parse(await readFile(join(out, 'progress.json'), 'utf8'))).toMatchObject({ 'models 1': { next } })
  }
  expect((await runQuietly(process.execPath, [program, '--targets', 'none'])).output).toMatch(/no target "none"/)
})
