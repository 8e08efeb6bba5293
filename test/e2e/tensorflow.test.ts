import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { findTensorFlow } from '../../scripts/setup/tensorflow.mjs'
import { BitMatrix } from '../../src/data/bit-matrix'
import { MnistSource, type MnistPart } from '../../src/data/mnist'
import { bySplit } from '../../src/data/split'
import { writeNpz } from '../cli/npz-file'
import { isLong, longOr } from '../long'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const folder = findTensorFlow()
const suite = 'the tensorflow engine in the window'

/** One epoch as metrics.jsonl keeps it. */
interface Epoch {
  readonly epoch: number
  readonly trainNll: number
  readonly validNll: number
}

interface Result {
  readonly status: string
  /** Epochs completed at the last checkpoint. */
  readonly epoch: number
  readonly engine: { readonly id: string }
  readonly test: { readonly nll: number } | null
  readonly epochs: readonly Epoch[]
  /** Engines that went on with it, in order. */
  readonly engines: readonly unknown[]
}

/**
 * What the engines' curves may be apart, in nats. Single precision sums in another order; Adam and the kinks of ReLU make
 * more of that over 1,500 updates (in the long form), to less than a thousandth where this was written. A wrong term would show at once.
 */
const APART = 0.02
const EPOCHS = longOr(3, 1)
/** Digits of MNIST in `npm test`, of which an epoch takes TensorFlow seconds; the other parts have a fifth. */
const FEW = 5000
/** Milliseconds after which a run of a few epochs has got stuck, however busy the machine is. */
const LONGEST = 240_000
/** More than a run makes before it is paused, however busy the machine is. */
const MOST_EPOCHS = 100_000
/** Of MNIST as it is offered, with the label; the few digits have none. */
const COLUMNS = longOr(794, 784)
/** Parameters of a hidden layer of 100. */
const WITHOUT_DIRECT = (COLUMNS * 200 + 100 + COLUMNS).toLocaleString('en')

if (folder === null)
  describe.skip(`${suite} (there is no TensorFlow here; "npm test" fetches one where it can)`, () =>
    test('', () => undefined))
else
  describe(suite, { timeout: 2 * LONGEST }, () => {
    let studio: LaunchedStudio
    const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
    const state = (): Promise<string> => get('status-state').innerText()

    beforeAll(async () => {
      studio = await launchStudio({ env: { MADE_STUDIO_TENSORFLOW: folder } })
    })

    afterAll(async () => {
      await studio.close()
    })

    /** Opens few digits of MNIST in place of all, but in the long form. */
    async function openDigits(): Promise<void> {
      await get('rail-data').click()
      await expect.poll(() => get('split-train').innerText()).toContain('50,000')
      if (isLong) return
      const parts = await new MnistSource(inProject('resources', 'mnist')).parts()
      const data = join(studio.home, 'digits.npz')
      await writeNpz(
        data,
        bySplit((split) => blackAndWhite(parts[split], split === 'train' ? FEW : FEW / 5)),
      )
      await answerOpenDialog(studio.app, data)
      await get('open-file').click()
      await expect.poll(() => get('split-train').innerText()).toContain('5,000')
    }

    /** Sets up some epochs of MNIST on an engine and starts them. */
    async function start(name: string, engine: string, epochs: number): Promise<void> {
      await get('rail-model').click()
      await get('preset-quick').click()
      if (!(await get('field-epochs').isVisible())) await get('advanced').click()
      if (await get('remove-hidden-1').count()) await get('remove-hidden-1').click()
      await get('field-hidden-0').fill('100')
      await get('field-hidden-0').press('Tab')
      if ((await get('parameter-count').innerText()) !== WITHOUT_DIRECT) await get('field-direct').click()
      expect(await get('parameter-count').innerText()).toBe(WITHOUT_DIRECT)
      await get('field-epochs').fill(String(epochs))
      await get('field-lookAhead').fill(String(epochs))
      await get('field-engine').selectOption(engine)
      await get('field-name').fill(name)
      await get('primary-action').click()
      await expect.poll(state).toContain(name)
    }

    async function finished(name: string): Promise<void> {
      await expect.poll(state, { timeout: LONGEST }).toMatch(new RegExp(`Finished.*${name}`))
      expect(await get('figure-test').innerText()).toMatch(/\d+\.\d\d/)
    }

    /** What the run of that name has on the disk. */
    async function resultOf(name: string): Promise<Result> {
      const runs = join(studio.home, 'MADE Studio', 'runs')
      for (const id of await readdir(runs)) {
        const record = JSON.parse(await readFile(join(runs, id, 'run.json'), 'utf8')) as Pick<
          Result,
          'status' | 'epoch' | 'engine' | 'test'
        > & { name: string }
        if (record.name !== name) continue
        const lines = (await readFile(join(runs, id, 'metrics.jsonl'), 'utf8'))
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>)
        const epochs = lines.filter(({ type }) => type === 'epoch') as unknown as Epoch[]
        const engines = lines.filter(({ type }) => type === 'resumed').map(({ engine }) => engine)
        return { ...record, epochs, engines }
      }
      throw new Error(`there is no run “${name}”`)
    }

    async function expectSameCurve(actual: string, expected: string, epochs: number): Promise<void> {
      const [a, b] = [await resultOf(actual), await resultOf(expected)]
      expect(a.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1))
      const apart = a.epochs.flatMap(({ trainNll, validNll }, i) => [
        trainNll - b.epochs[i].trainNll,
        validNll - b.epochs[i].validNll,
      ])
      apart.push((a.test?.nll ?? NaN) - (b.test?.nll ?? NaN))
      console.log(
        `“${actual}” and “${expected}”, nats apart: ${apart.map((value) => value.toExponential(1)).join(', ')}`,
      )
      for (const value of apart) expect(Math.abs(value)).toBeLessThan(APART)
    }

    test('is offered with what it computes on, and why not on a graphics card', async () => {
      await get('rail-settings').click()
      await expect.poll(() => get('engine-tensorflow').innerText()).toMatch(/TensorFlow \d+\.\d+/)
      expect(await get('engine-tensorflow').getByRole('radio').isEnabled()).toBe(true)
      await studio.screenshot('engines')
    })

    test('trains on MNIST along the same curve as the cpu engine', async () => {
      await openDigits()
      await start('On the processor', 'cpu', EPOCHS)
      await finished('On the processor')
      await start('With TensorFlow', 'tensorflow', EPOCHS)
      await finished('With TensorFlow')
      await studio.screenshot('tensorflow-finished')
      expect(await resultOf('With TensorFlow')).toMatchObject({ engine: { id: 'tensorflow' } })
      await expectSameCurve('With TensorFlow', 'On the processor', EPOCHS)
    })

    test('takes over a run that was paused on another engine', async () => {
      await start('Handed over', 'tensorflow', MOST_EPOCHS)
      await expect.poll(() => get('figure-best').innerText(), { timeout: LONGEST }).toMatch(/\d+\.\d\d/)
      const asked = performance.now()
      await get('pause').click()
      await expect
        .poll(async () => (await resultOf('Handed over')).status, { timeout: LONGEST, interval: 10 })
        .toBe('paused')
      console.log(`Paused ${(performance.now() - asked).toFixed(0)} ms after the click, here and now.`)
      const epochs = (await resultOf('Handed over')).epoch + 1
      await get('train-longer').click()
      await get('field-more-epochs').fill(String(epochs))
      await get('field-other-engine').selectOption('cpu')
      await studio.screenshot('other-engine')
      await get('train-longer-go').click()
      await finished('Handed over')
      expect(await resultOf('Handed over')).toMatchObject({ engine: { id: 'cpu' }, engines: ['cpu'] })
      await start('As far on the processor', 'cpu', epochs)
      await finished('As far on the processor')
      await expectSameCurve('Handed over', 'As far on the processor', epochs)
      expect(studio.complaints).toEqual([])
    })
  })

/** The first digits of a part, in black and white. */
function blackAndWhite({ images: { width, height, pixels } }: MnistPart, count: number): BitMatrix {
  const columns = width * height
  return BitMatrix.fromBytes(
    count,
    columns,
    pixels.subarray(0, count * columns).map((grey) => (grey >= 128 ? 1 : 0)),
  )
}

/** A package with a binding, that does `program` when it is loaded; null for none at all. */
async function packageThat(program: string | null): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'made-tensorflow-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (program === null) return folder
  await mkdir(join(folder, 'lib', 'napi-v8'), { recursive: true })
  await writeFile(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '')
  await writeFile(join(folder, 'index.js'), program)
  return folder
}

describe('a TensorFlow that cannot be used', () => {
  test.each([
    ['absent', null, /The TensorFlow library is not installed\./],
    ['broken', 'process.abort()', /The TensorFlow library is broken: trying it ended its process/],
    [
      'made for another processor',
      "process.kill(process.pid, 'SIGILL'); for (;;);",
      process.platform === 'win32' ? /trying it ended its process/ : /\(SIGILL\)/,
    ],
    [
      'without CUDA',
      "throw new Error('libcudart.so.11.0: cannot open shared object file')",
      /NVIDIA acceleration needs CUDA 11\.2 and cuDNN 8\.1, which were not found/,
    ],
  ])('is explained in Settings, and everything else works: %s', async (_, program, words) => {
    const studio = await launchStudio({ env: { MADE_STUDIO_TENSORFLOW: await packageThat(program) } })
    try {
      await studio.page.getByTestId('rail-settings').click()
      const line = studio.page.getByTestId('engine-tensorflow')
      await expect.poll(() => line.innerText()).toMatch(words)
      expect(await line.getByRole('radio').isEnabled()).toBe(false)
      expect(await studio.page.getByTestId('engine-cpu').getByRole('radio').isEnabled()).toBe(true)
      expect(studio.complaints).toEqual([])
    } finally {
      await studio.close()
    }
  })

  test('is tried in a utility process, not in a program that obeys as Node.js does', async () => {
    const report = join(await mkdtemp(join(tmpdir(), 'made-report-')), 'report.json')
    onTestFinished(() => rm(join(report, '..'), { recursive: true, force: true }))
    const program = `
      const { ELECTRON_RUN_AS_NODE = null, NODE_OPTIONS = null } = process.env
      const report = { type: process.type, ELECTRON_RUN_AS_NODE, NODE_OPTIONS }
      require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(report))
      throw new Error('this is no library')`
    const studio = await launchStudio({ env: { MADE_STUDIO_TENSORFLOW: await packageThat(program) } })
    try {
      await studio.page.getByTestId('rail-settings').click()
      await expect.poll(() => studio.page.getByTestId('engine-tensorflow').innerText()).toContain('this is no library')
      expect(JSON.parse(await readFile(report, 'utf8'))).toEqual({
        type: 'utility',
        ELECTRON_RUN_AS_NODE: null,
        NODE_OPTIONS: null,
      })
    } finally {
      await studio.close()
    }
  })
})
