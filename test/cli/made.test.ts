import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { softwareGpuEnvironment } from '../../scripts/setup/software-gpu.mjs'
import { BitMatrix } from '../../src/data/bit-matrix'
import { readNpyBits } from '../../src/data/npy'
import type { EngineLine } from '../../src/cli/engines-command'
import { bySplit } from '../../src/data/split'
import { PLACE } from '../../src/files/processes'
import { ensembleLogLikelihood } from '../../src/made/likelihood'
import { decodeModel } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { denseLogLikelihood } from '../reference/dense-made'
import { ORACLE_NAMES, readOracle } from '../reference/oracle'
import { allRows, rowArrays } from '../reference/random-models'
import { chainRows } from '../training/chain'
import { temporaryFolder } from '../training/small-run'
import { runMade, runMadeHere, type Finished } from './made-command'
import { writeNpz } from './npz-file'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'oracle')

async function chainFile(place: string, columns = 8): Promise<string> {
  const path = join(place, 'chain.npz')
  await writeNpz(
    path,
    bySplit((split) => chainRows(split === 'train' ? 400 : 100, columns, split.length)),
  )
  return path
}

/** A refusal: one sentence and a hint on standard error, nothing on standard output, never a stack. */
function expectRefusal(finished: Finished, status: number, sentence: string | RegExp): void {
  expect(finished.stderr).toMatch(sentence)
  expect(finished).toMatchObject({ status, stdout: '' })
  expect(finished.stderr.trimEnd().split('\n')).toHaveLength(2)
  expect(finished.stderr).not.toMatch(/\bat .*\(|node:|internal/)
}

const NOT_INSTALLED =
  'The TensorFlow library is not installed. "npm rebuild @tensorflow/tfjs-node-gpu" fetches it (hundreds of megabytes). The other engines do not need it.'
/** Why a computer has no WebGPU, each with what happens instead. */
const NO_WEBGPU =
  /^(This computer has no Vulkan driver, which WebGPU needs|The package "webgpu" is not installed, or has no build for this computer|No GPU was found that WebGPU can use)\. /

describe('made engines', () => {
  const softwareGpu = softwareGpuEnvironment()
  afterEach(() => vi.unstubAllEnvs())

  /** What it says in JSON of cpu, webgpu and tensorflow; in words it says the same. */
  async function engineLines(): Promise<EngineLine[]> {
    const { status, stdout, stderr } = await runMade('engines', '--json')
    expect([status, stderr]).toEqual([0, ''])
    const engines = JSON.parse(stdout) as EngineLine[]
    expect(engines.map(({ id }) => id)).toEqual(['cpu', 'webgpu', 'tensorflow'])
    const words = engines.flatMap(({ id, available, device, reason, note }) => [
      id.padEnd(12) + (available ? String(device?.name) : `not available: ${String(reason)}`),
      ...(note === null ? [] : [' '.repeat(12) + note]),
    ])
    const fastest = engines.filter(({ mayBeFastest }) => mayBeFastest).map(({ id }) => id)
    const choice =
      fastest.length === 1 ? 'cpu' : `the fastest of ${fastest.join(', ')}, timed on the model when training begins`
    expect((await runMade('engines')).stdout.trimEnd().split('\n')).toEqual([...words, `auto        ${choice}`])
    return engines
  }

  it('says of each engine what it computes on, or why it is not available and what to do', async () => {
    vi.stubEnv('MADE_STUDIO_TENSORFLOW', await temporaryFolder())
    const [cpu, webGpu, tensorFlow] = await engineLines()
    expect(cpu).toMatchObject({ available: true, device: { kind: 'cpu' }, reason: null, mayBeFastest: true })
    expect(cpu.device?.name).toMatch(
      /^\S.*, (AVX-512|AVX2|128-bit vectors|WebAssembly relaxed SIMD|WebAssembly SIMD|TypeScript), \d+ threads?$/,
    )
    const isNative = /AVX|128/.test(cpu.device?.name ?? '')
    expect(cpu.note ?? '').toMatch(
      isNative ? /^$/ : /^Computing is slow.*\. "npm run build" compiles them where there is a C\+\+ compiler\.$/,
    )
    if (webGpu.available)
      expect(webGpu).toMatchObject({
        device: { name: expect.stringMatching(/\w/) },
        reason: null,
        mayBeFastest: webGpu.device?.kind === 'gpu',
      })
    else
      expect(webGpu).toMatchObject({
        device: null,
        reason: expect.stringMatching(NO_WEBGPU),
        note: null,
        mayBeFastest: false,
      })
    expect(tensorFlow).toEqual({
      id: 'tensorflow',
      available: false,
      device: null,
      reason: NOT_INSTALLED,
      note: null,
      mayBeFastest: false,
    })
  })

  it.skipIf(softwareGpu?.['VK_ICD_FILENAMES'] === undefined)(
    'says that a processor stands in for a GPU, which is never chosen for you (needs SwiftShader)',
    async () => {
      for (const [name, value] of Object.entries(softwareGpu ?? {})) vi.stubEnv(name, value)
      const [, webGpu] = await engineLines()
      expect(webGpu).toMatchObject({
        available: true,
        device: { kind: 'cpu', name: expect.stringMatching(/SwiftShader/) },
        note: 'The processor stands in for a GPU here, which is correct and slow; the cpu engine is faster.',
        mayBeFastest: false,
      })
    },
  )
})

describe('made --help', () => {
  /** What it says of each option. */
  async function optionsOf(...command: string[]): Promise<Map<string, string>> {
    const { status, stdout, stderr } = await runMadeHere(...command, '--help')
    expect([status, stderr]).toEqual([0, ''])
    const text = stdout.slice(stdout.indexOf('Options:')).split('\n\n')[0]
    const entries = text.replace(/\n {10,}/g, ' ').matchAll(/^ {2}(?:-h, )?--([\w-]+)(?: <\S+>)? +(.*)$/gm)
    return new Map(Array.from(entries, ([, name, words]) => [name, words]))
  }

  it.each([
    ['engines'],
    ['resume'],
    ['evaluate'],
    ['sample'],
    ['fill'],
    ['data', 'inspect'],
    ['data', 'convert'],
    ['train'],
  ])('says in words what each option does: %s', async (...command) => {
    const options = await optionsOf(...command)
    expect(options.size).toBeGreaterThan(1)
    for (const [name, words] of options) expect([name, words.split(' ').length >= 3]).toEqual([name, true])
  })

  it('names the default of every setting of a run', async () => {
    const options = await optionsOf('train')
    const {
      hidden,
      orderings,
      singleOrdering: ordering,
      masks,
      activation,
      initialisation,
      outputBiases,
      optimizer,
      learningRateSchedule,
      l2,
      batchSize,
      epochs,
      lookAhead,
      averagedEpochs,
      seed,
      engine,
    } = DEFAULT_RUN_CONFIG
    const defaults = {
      hidden,
      orderings,
      ordering,
      masks,
      activation,
      initialisation,
      'output-biases': outputBiases,
      optimizer: optimizer.kind,
      'learning-rate-schedule': learningRateSchedule,
      l2,
      batch: batchSize,
      epochs,
      'look-ahead': lookAhead,
      'average-epochs': averagedEpochs,
      seed,
      engine,
    }
    for (const [name, value] of Object.entries(defaults))
      expect(options.get(name)).toContain(`(default: ${String(value)}`)
    expect(options.get('learning-rate')).toContain('(default: 0.001 for adam, 0.01 for adagrad, 0.1 for sgd)')
    const needNone = ['data', 'out', 'config', 'json', 'help']
    for (const [name, words] of options)
      if (!needNone.includes(name)) expect([name, words]).toEqual([name, expect.stringContaining('(default: ')])
  })
})

describe('made train, evaluate, sample', () => {
  it('make a model that an independent reader scores the same, whose likelihoods sum to one, and that draws', async () => {
    const place = await temporaryFolder()
    const data = await chainFile(place)
    const out = join(place, 'run')
    const trained = await runMade('train', '--data', data, '--out', out, '--hidden', '20,10', '--orderings', '3',
      '--masks', '2', '--activation', 'softplus', '--direct', '--conditioning', '--optimizer', 'adagrad',
      '--learning-rate', '0.1', '--epsilon', '1e-5', '--batch', '32', '--epochs', '3', '--look-ahead', '5', '--seed', '4',
      '--ordering', 'random', '--initialisation', 'gaussian', '--l2', '1e-4', '--learning-rate-schedule', 'cosine', '--average-epochs', '2',
      '--output-biases', 'frequencies', '--engine', 'cpu', '--json') // prettier-ignore
    expect(trained).toMatchObject({ status: 0, stderr: '' })
    const report = JSON.parse(trained.stdout) as { model: string; test: { nll: number }; epochs: number }
    expect(report.epochs).toBe(3)
    expect(report.model).toBe(join(out, 'best.safetensors'))
    const { config } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as { config: unknown }
    expect(config).toMatchObject({
      hidden: [20, 10],
      orderings: 3,
      singleOrdering: 'random',
      initialisation: 'gaussian',
      outputBiases: 'frequencies',
      l2: 1e-4,
      learningRateSchedule: 'cosine',
      averagedEpochs: 2,
      masks: 2,
      activation: 'softplus',
      directConnections: true,
      conditioningWeights: true,
      optimizer: { kind: 'adagrad', learningRate: 0.1, epsilon: 1e-5 },
      batchSize: 32,
      lookAhead: 5,
      seed: 4,
      engine: 'cpu',
    })

    const model = await decodeModel(bytesSource(await readFile(report.model)))
    expect(model.connectivities).toHaveLength(6)
    const score = (rows: BitMatrix): Float64Array =>
      ensembleLogLikelihood(
        model.connectivities.map((connectivity) =>
          Float64Array.from(rowArrays(rows), (row) =>
            denseLogLikelihood(model.spec, model.parameters, connectivity, row),
          ),
        ),
      )
    expect(score(allRows(8)).reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 5)
    const test = score(chainRows(100, 8, 'test'.length))
    const expected = -test.reduce((a, b) => a + b) / test.length
    const evaluated = await runMade('evaluate', '--model', report.model, '--data', data, '--json')
    const result = JSON.parse(evaluated.stdout) as { nll: number }
    expect(result).toMatchObject({ rows: 100, connectivities: 6, engine: 'cpu' })
    expect(Math.abs(result.nll - expected)).toBeLessThan(1e-4)
    expect(Math.abs(report.test.nll - expected)).toBeLessThan(1e-4)

    for (const name of ['loss.png', 'samples.png'])
      expect(decode(await readFile(join(out, name))).width).toBeGreaterThan(7)

    const draw = (seed: string, name: string): Promise<Finished> =>
      runMadeHere(
        'sample',
        '--model',
        report.model,
        '--count',
        '50',
        '--connectivity',
        '5',
        '--seed',
        seed,
        '--out',
        join(place, name),
      )
    for (const [seed, name] of [
      ['1', 'a.npy'],
      ['1', 'b.npy'],
      ['2', 'c.npy'],
      ['1', 'd.png'],
    ] as const)
      expect(await draw(seed, name)).toMatchObject({ status: 0 })
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => readFile(join(place, `${name}.npy`))))
    expect(readNpyBits(a, 'samples')).toMatchObject({ rows: 50, columns: 8 })
    expect(b).toEqual(a)
    expect(c).not.toEqual(a)
    expect(decode(await readFile(join(place, 'd.png'))).height).toBeGreaterThan(49)

    // The settings of a run, under another seed, from its own run.json.
    const again = await runMadeHere(
      'train',
      '--config',
      join(out, 'run.json'),
      '--seed',
      '9',
      '--epochs',
      '1',
      '--out',
      join(place, 'again'),
    )
    expect(again).toMatchObject({ status: 0 })
    expect(JSON.parse(await readFile(join(place, 'again', 'run.json'), 'utf8'))).toMatchObject({
      config: { ...(config as object), seed: 9, epochs: 1 },
    })
  })

  it.each(ORACLE_NAMES)('score the model %s, made elsewhere, right', async (name) => {
    const { rows, ensemble, model } = await readOracle(name)
    const place = await temporaryFolder()
    const data = join(place, 'rows.npz')
    await writeNpz(data, { train: rows, valid: rows, test: rows })
    const { stdout } = await runMadeHere(
      'evaluate',
      '--model',
      join(FIXTURES, `${name}.safetensors`),
      '--data',
      data,
      '--split',
      'valid',
      '--json',
    )
    const result = JSON.parse(stdout) as { nll: number; connectivities: number }
    expect(Math.abs(result.nll + ensemble.reduce((a, b) => a + b) / ensemble.length)).toBeLessThan(1e-5)
    expect(result.connectivities).toBe(model.connectivities.length)
  })
})

describe('made, called wrongly (status 2)', () => {
  it.each<[string[], RegExp]>([
    [[], /^made: /],
    [['trian'], /Unknown command "trian"\. Did you mean train\?/],
    [['train', '--out', 'x'], /No data are given/],
    [['train', '--data', 'mnist'], /option "--out <folder>"/],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--learning-rate', 'NaN'],
      /--learning-rate is "NaN", which is not a number/,
    ],
    [['train', '--data', 'mnist', '--out', 'x', '--learning-rate', '-1'], /--learning-rate must be at least/],
    [['train', '--data', 'mnist', '--out', 'x', '--hidden', '1000000'], /--hidden must be at most 65536/],
    [['train', '--data', 'mnist', '--out', 'x', '--hidden', '5,,5'], /--hidden is "", which is not a number/],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--activation', 'gelu'],
      /--activation must be one of relu, softplus, sigmoid, tanh/,
    ],
    [['train', '--data', 'mnist', '--out', 'x', '--optimizer', 'sgd', '--epsilon', '1'], /sgd has no epsilon/],
    [['train', '--data', 'mnist', '--out', 'x', '--engine', 'abacus'], /--engine must be one of/],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--ordering', 'backwards'],
      /--ordering must be one of natural, random/,
    ],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--learning-rate-schedule', 'step'],
      /--learning-rate-schedule must be one of constant, cosine/,
    ],
    [['train', '--data', 'mnist', '--out', 'x', '--average-epochs', '0'], /whole number of 1 or more/],
    [['train', '--data', 'mnist', '--out', 'x', '--average-epochs', '2000'], /--average-epochs must be at most 1000/],
    [['train', '--data', 'mnist', '--out', 'x', '--l2', '11'], /--l2 must be at most 10/],
    [['train', '--data', 'mnist', '--out', 'x', '--epochs', '0'], /whole number of 1 or more/],
    [['train', '--data', 'mnist', '--out', 'x', '--masks', '-2'], /--masks is "-2"/],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--preset', 'quick', '--config', 'x'],
      /"--preset <id>" cannot be used with option "--config <file>"/,
    ],
    [['train', '--data', 'mnist', '--out', 'x', '--preset', 'slow'], /There is no preset "slow"/],
    [['evaluate', '--data', 'mnist'], /option "--model <file>"/],
    [
      ['evaluate', '--model', 'x', '--data', 'mnist', '--split', 'dev'],
      /--split is "dev"; it must be one of train, valid, test/,
    ],
    [['sample', '--model', 'x', '--count', '5', '--out', 'x.gif'], /it must be one of \.png, \.npy/],
    [['sample', '--model', 'x', '--count', 'many', '--out', 'x.png'], /--count is "many"/],
    [['resume'], /argument "folder"/],
  ])('%j', async (args, sentence) => {
    const finished = await runMadeHere(...args)
    if (args.length === 0) expect(finished).toMatchObject({ status: 2 })
    else expectRefusal(finished, 2, sentence)
  })
})

describe('made as a process of its own', () => {
  it.each<[string[], number, RegExp]>([
    [['trian'], 2, /Unknown command "trian"\. Did you mean train\?/],
    [['evaluate', '--model', 'nowhere', '--data', 'mnist'], 1, /There is no run in/],
  ])('refuses with its status and two lines on standard error: %j', async (args, status, sentence) => {
    expectRefusal(await runMade(...args), status, sentence)
  })
})

describe('made, failing (status 1)', () => {
  it('on data that are absent, empty, of one column, not binary, or no data at all', async () => {
    const place = await temporaryFolder()
    const file = async (name: string, rows: BitMatrix): Promise<string> => {
      const path = join(place, name)
      await writeNpz(path, { train: rows, valid: rows, test: rows })
      return path
    }
    await writeFile(join(place, 'text.npz'), 'these are not the data')
    await writeFile(
      join(place, 'bytes.npz'),
      Uint8Array.from({ length: 3000 }, (_, i) => (i * 197 + (i >> 3)) & 255),
    )
    await mkdir(join(place, 'folder.npz'))
    await symlink('loop.npz', join(place, 'loop.npz'))
    const cases: [string, RegExp][] = [
      [join(place, 'absent.npz'), /There is no file/],
      [await file('empty.npz', new BitMatrix(0, 5)), /no rows/],
      [await file('narrow.npz', new BitMatrix(5, 1)), /only one column/],
      [join(place, 'text.npz'), /holds no rows/],
      [join(place, 'bytes.npz'), /in no format that MADE Studio reads/],
      [join(place, 'folder.npz'), /holds no data/],
      [join(place, 'loop.npz'), /cannot be read/],
    ]
    for (const [path, sentence] of cases)
      expectRefusal(await runMadeHere('train', '--data', path, '--out', join(place, 'run')), 1, sentence)
  })

  it('on models that are damaged or do not fit the data', async () => {
    const place = await temporaryFolder()
    const data = await chainFile(place)
    const fixture = join(FIXTURES, 'tiny-natural.safetensors')
    expectRefusal(
      await runMadeHere('evaluate', '--model', fixture, '--data', data),
      1,
      /5 inputs, but the data have 8 columns/,
    )
    const cut = join(place, 'cut.safetensors')
    await writeFile(cut, await readFile(fixture))
    await truncate(cut, 900)
    expectRefusal(await runMadeHere('evaluate', '--model', cut, '--data', data), 1, /damaged/)
    expectRefusal(
      await runMadeHere('sample', '--model', data, '--count', '1', '--out', join(place, 'x.png')),
      1,
      /not a safetensors file/,
    )
  })

  it('on a folder that holds a run, an engine that is absent, a folder that cannot be made, a run that is not there', async () => {
    const place = await temporaryFolder()
    const data = await chainFile(place)
    const out = join(place, 'run')
    expect(await runMadeHere('train', '--data', data, '--epochs', '1', '--engine', 'cpu', '--out', out)).toMatchObject({
      status: 0,
    })
    expectRefusal(await runMadeHere('train', '--data', data, '--out', out), 1, /There is a run in .* already/)
    const before = await readFile(join(out, 'run.json'))
    for (const more of [[], ['--epochs', '1'], ['--engine', 'cpu']]) {
      const over = await runMadeHere('resume', out, ...more)
      expect(over).toMatchObject({ status: 0, stderr: '' })
      expect(over.stdout).toMatch(/^This run is finished\. To train it longer: made resume .* --epochs <more than 1>\n/)
    }
    expect(JSON.parse((await runMadeHere('resume', out, '--json')).stdout)).toMatchObject({
      epochs: 1,
      reason: 'epochs',
    })
    expect(await readFile(join(out, 'run.json'))).toEqual(before)
    // Killed while its pictures were drawn: of what is over only they are missing.
    const drawn = await readFile(join(out, 'loss.png'))
    const leftover = join(out, `.loss.png.${PLACE}.${2 ** 22 + 1}.0123456789ab.tmp`)
    await writeFile(leftover, '')
    await rm(join(out, 'loss.png'))
    expect(await runMadeHere('resume', out)).toMatchObject({ status: 0, stderr: '' })
    expect(await readFile(join(out, 'loss.png'))).toEqual(drawn)
    expect(existsSync(leftover)).toBe(false)
    expectRefusal(await runMadeHere('resume', out, '--epochs', 'more'), 2, /--epochs is "more"/)
    expectRefusal(await runMadeHere('resume', out, '--epochs', '1000000'), 2, /--epochs must be at most 100000/)
    const longer = await runMadeHere('resume', out, '--epochs', '3', '--json')
    expect(JSON.parse(longer.stdout)).toMatchObject({ epochs: 3 })
    expect(await runMadeHere('resume', out, '--epochs', '3')).toMatchObject({ status: 0, stderr: '' })
    expectRefusal(await runMadeHere('resume', join(place, 'nowhere')), 1, /There is no run in/)
    await writeFile(join(place, 'file'), '')
    expectRefusal(
      await runMadeHere('train', '--data', data, '--out', join(place, 'file', 'run')),
      1,
      /could not be made/,
    )
    expectRefusal(
      await runMadeHere('train', '--data', data, '--out', join(place, 'big'), '--hidden', '60000,60000'),
      1,
      /parameters; the most is/,
    )
    await writeNpz(
      data,
      bySplit(() => chainRows(50, 8, 77)),
    )
    await writeFile(
      join(out, 'run.json'),
      (await readFile(join(out, 'run.json'), 'utf8')).replace('"epochs": 3', '"epochs": 4'),
    )
    expectRefusal(await runMadeHere('resume', out), 1, /have changed since it began/)
  })
})
