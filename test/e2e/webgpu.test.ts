import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Connection, PATIENCE } from '../../src/engine/remote/connection'
import { PING, PONG, type CallMessage, type PortEnd } from '../../src/engine/remote/protocol'
import { RemoteEngine } from '../../src/engine/remote/remote-engine'
import { bySplit } from '../../src/data/split'
import { verbatim } from '../../src/words/say'
import { writeNpz } from '../cli/npz-file'
import { engineConformance } from '../engine/conformance'
import { isLong, longName, longOr } from '../long'
import { chainRows } from '../training/chain'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'
import { VARIABLE_KINDS } from '../../src/made/variables'

// A GPU that the processor plays is slow, and slower beside other work.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** Chromium's SwiftShader, wherever the tests run. */
const SOFTWARE_GPU = ['--use-webgpu-adapter=swiftshader']
/** What curves of two engines may be apart, in nats: rounding alone, where this was written less than a thousandth. */
const APART = 0.02
const COLUMNS = 40
/** Of the training part; the others have a tenth. */
const ROWS = longOr(4000, 2000)
const MOST_EPOCHS = '100000'

interface Epoch {
  readonly epoch: number
  readonly trainNll: number
  readonly validNll: number
}

interface Result {
  readonly status: string
  /** Epochs completed at the last checkpoint. */
  readonly epoch: number
  readonly engine: { readonly id: string; readonly measured: unknown } | null
  readonly test: { readonly nll: number } | null
  readonly epochs: readonly Epoch[]
  /** Engines that went on with it, in order. */
  readonly engines: readonly unknown[]
}

describe('the webgpu engine in the hidden window', () => {
  let home: string
  let data: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const state = (): Promise<string> => get('status-state').innerText()

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-webgpu-'))
    data = join(home, 'chain.npz')
    await writeNpz(
      data,
      bySplit((split) => chainRows(split === 'train' ? ROWS : ROWS / 10, COLUMNS, split.length)),
    )
    studio = await launchStudio({ home, switches: SOFTWARE_GPU })
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  /** Starts a run of 40-[30] on an engine, under one set of masks or a fresh one for every update. */
  async function start(name: string, engine: string, epochs: string, masks: 'one' | 'fresh' = 'one'): Promise<void> {
    await get('rail-model').click()
    await get('preset-quick').click()
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    if (await get('remove-hidden-1').count()) await get('remove-hidden-1').click()
    await get('field-hidden-0').fill('30')
    await get('field-hidden-0').press('Tab')
    await get('field-epochs').fill(epochs)
    await get('field-lookAhead').fill(epochs)
    await get(`masks-${masks}`).click()
    if (masks === 'fresh') for (const field of ['field-validationPairs', 'field-testPairs']) await get(field).fill('3')
    await get('field-engine').selectOption(engine)
    await get('field-name').fill(name)
    await get('primary-action').click()
    await expect.poll(state).toContain(name)
  }

  /** Until the run has a checkpoint of its first epoch. */
  async function firstCheckpoint(name: string): Promise<void> {
    await expect
      .poll(
        () =>
          resultOf(name).then(
            ({ epoch }) => epoch,
            () => 0,
          ),
        { timeout: 90_000 },
      )
      .toBeGreaterThan(0)
  }

  async function finished(name: string): Promise<void> {
    await expect.poll(state, { timeout: 180_000 }).toMatch(new RegExp(`Finished.*${name}`))
  }

  /** What the run of that name has on the disk. */
  async function resultOf(name: string): Promise<Result> {
    const runs = join(home, 'MADE Studio', 'runs')
    for (const id of await readdir(runs)) {
      const record = JSON.parse(await readFile(join(runs, id, 'run.json'), 'utf8')) as Omit<
        Result,
        'epochs' | 'engines'
      > & { name: string }
      if (record.name !== name) continue
      const metrics = await readFile(join(runs, id, 'metrics.jsonl'), 'utf8')
      // Its last line may be being written.
      const lines = metrics
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      const epochs = lines.filter(({ type }) => type === 'epoch') as unknown as Epoch[]
      return { ...record, epochs, engines: lines.filter(({ type }) => type === 'resumed').map(({ engine }) => engine) }
    }
    throw new Error(`there is no run “${name}”`)
  }

  async function expectCurve(actual: string, expected: string): Promise<void> {
    const [a, b] = [await resultOf(actual), await resultOf(expected)]
    expect(a.epochs.map(({ epoch }) => epoch)).toEqual(b.epochs.map(({ epoch }) => epoch))
    const apart = a.epochs.flatMap(({ trainNll, validNll }, i) => [
      trainNll - b.epochs[i].trainNll,
      validNll - b.epochs[i].validNll,
    ])
    apart.push((a.test?.nll ?? NaN) - (b.test?.nll ?? NaN))
    console.log(`“${actual}” and “${expected}”, nats apart: ${apart.map((value) => value.toExponential(1)).join(', ')}`)
    for (const value of apart) expect(Math.abs(value)).toBeLessThan(APART)
  }

  function engineWindow(): Page {
    const page = studio.app.windows().find((window) => window.url().startsWith('app://engine/'))
    if (!page) throw new Error('there is no hidden window')
    return page
  }

  test('is listed with what it computes on; a processor that stands in for a GPU is not preferred', async () => {
    await expect.poll(() => get('split-train').innerText()).toContain('50,000')
    await answerOpenDialog(studio.app, data)
    await get('open-file').click()
    await expect.poll(() => get('split-train').innerText()).toContain(ROWS.toLocaleString('en'))
    await get('rail-settings').click()
    await expect.poll(() => get('engine-webgpu').innerText()).toMatch(/swiftshader/i)
    expect(await get('engine-webgpu').innerText()).toContain('stands in for a GPU')
    expect(await get('engine-webgpu').getByRole('radio').isEnabled()).toBe(true)
    expect(await get('engine-auto').innerText()).toContain('now CPU')
    await studio.screenshot('webgpu-settings')
  })

  test('the hidden window is sealed: nothing of the system, of Electron or of the studio is within its reach', async () => {
    const page = engineWindow()
    const reach = await page.evaluate(async () => {
      const scope = globalThis as unknown as Record<string, unknown>
      const fetched = await fetch('app://studio/index.html').then(
        () => true,
        () => false,
      )
      return {
        names: ['require', 'process', 'studio', 'module'].filter((name) => name in scope),
        fetched,
        isSecure: isSecureContext,
      }
    })
    expect(reach).toEqual({ names: [], fetched: false, isSecure: true })
    const shown = await studio.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
    )
    expect(shown).toBe(1)
  })

  const name = longName(
    'a hidden window that hangs while it loads is ended: the run says so and goes on on the processor',
  )
  test.runIf(isLong)(name, async () => {
    const name = 'The hidden window never loads'
    await start(name, 'webgpu', '400')
    await firstCheckpoint(name)
    await studio.app.evaluate(({ app }) => {
      // Stopped before its program is there, which this process would have to send.
      const stop = (_event: unknown, contents: Electron.WebContents): void => {
        contents.once('did-navigate', (_navigated, url) => {
          if (url.startsWith('app://engine/')) process.kill(contents.getOSProcessId(), 'SIGSTOP')
        })
      }
      app.on('web-contents-created', stop)
      Object.assign(globalThis, { stopStopping: () => app.off('web-contents-created', stop) })
    })
    const [pid] = await pidOfEngineWindow()
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => studio.page.getByText(/goes on from its last checkpoint, on the cpu engine/).count(), {
        timeout: 150_000,
      })
      .toBeGreaterThan(0)
    await finished(name)
    expect(await resultOf(name)).toMatchObject({ status: 'finished', engine: { id: 'cpu' }, engines: ['cpu'] })
    // The windows that were given up are gone, with their processes.
    expect(await pidOfEngineWindow()).toEqual([])
    await studio.app.evaluate(() => (globalThis as unknown as { stopStopping: () => unknown }).stopStopping())
  })

  test('trains along the same curve as the cpu engine', async () => {
    await start('On the processor', 'cpu', '2')
    await finished('On the processor')
    await start('Through WebGPU', 'webgpu', '2')
    await finished('Through WebGPU')
    await studio.screenshot('webgpu-finished')
    expect((await resultOf('Through WebGPU')).engine?.id).toBe('webgpu')
    await expectCurve('Through WebGPU', 'On the processor')
  })

  test('hands a paused run over to the cpu engine', async () => {
    await start('Handed over', 'webgpu', MOST_EPOCHS)
    await expect.poll(() => get('figure-last').innerText(), { timeout: 60_000 }).toMatch(/\d+\.\d\d/)
    await get('pause').click()
    await expect.poll(async () => (await resultOf('Handed over')).status, { timeout: 60_000 }).toBe('paused')
    const epochs = String((await resultOf('Handed over')).epoch + 1)
    await get('train-longer').click()
    await get('field-more-epochs').fill(epochs)
    await get('field-other-engine').selectOption('cpu')
    await get('train-longer-go').click()
    await finished('Handed over')
    expect(await resultOf('Handed over')).toMatchObject({ engine: { id: 'cpu' }, engines: ['cpu'] })
    await start('As far on the processor', 'cpu', epochs)
    await finished('As far on the processor')
    await expectCurve('Handed over', 'As far on the processor')
  })

  test.each([
    ['GPU process', 'is killed', 'SIGKILL', () => pidOf('GPU')],
    ['hidden window', 'is killed', 'SIGKILL', () => pidOfEngineWindow()],
    // Until it is known to hang takes most of a minute.
    ...longOr([['hidden window', 'hangs', 'SIGSTOP', () => pidOfEngineWindow()] as const], []),
  ] as const)(
    'a %s that %s loses nothing: the run says so and goes on from its checkpoint',
    async (what, fate, signal, pids) => {
      const name = `The ${what} ${fate}`
      await start(name, 'webgpu', MOST_EPOCHS)
      await firstCheckpoint(name)
      const [pid] = await pids()
      await expect
        .poll(() => studio.page.getByText(/goes on from its last checkpoint, on the same engine/).count(), {
          timeout: 60_000,
        })
        .toBe(0)
      process.kill(pid, signal)
      await expect
        .poll(() => studio.page.getByText(/goes on from its last checkpoint, on the same engine/).count(), {
          timeout: 150_000,
        })
        .toBeGreaterThan(0)
      await studio.screenshot(`webgpu-${signal.toLowerCase()}-${what.replace(' ', '-')}`)
      await expect.poll(async () => (await resultOf(name)).engines.length, { timeout: 60_000 }).toBe(1)
      await expect.poll(state, { timeout: 60_000 }).toContain('Training')
      const { epochs, engines } = await resultOf(name)
      console.log(`after “${name}”, the run went on on ${String(engines[0])}`)
      await expect
        .poll(async () => (await resultOf(name)).epochs.length, { timeout: 120_000 })
        .toBeGreaterThan(epochs.length)
      await get('stop').click()
      await finished(name)
      const result = await resultOf(name)
      expect(result.status).toBe('finished')
      expect(result.epochs.slice(0, 2).map(({ epoch }) => epoch)).toEqual([1, 2])
      const reference = (await resultOf('On the processor')).epochs
      for (const [i, { validNll }] of reference.entries())
        expect(Math.abs(result.epochs[i].validNll - validNll)).toBeLessThan(APART)
    },
  )

  test.runIf(isLong)(
    longName('keeps no GPU memory of many updates through the port, each under masks of its own'),
    async () => {
      await engineWindow().evaluate(() => {
        // The types of WebGPU are not those of the tests' own page.
        const scope = globalThis as unknown as Record<
          'GPUDevice' | 'GPUBuffer',
          { prototype: Record<string, (...given: unknown[]) => unknown> }
        > & { held: Map<unknown, number> }
        scope.held = new Map()
        const { createBuffer } = scope.GPUDevice.prototype
        const { destroy } = scope.GPUBuffer.prototype
        scope.GPUDevice.prototype['createBuffer'] = function (this: unknown, ...given) {
          const buffer = createBuffer.apply(this, given)
          scope.held.set(buffer, (given[0] as { size: number }).size)
          return buffer
        }
        scope.GPUBuffer.prototype['destroy'] = function (this: unknown, ...given) {
          scope.held.delete(this)
          return destroy.apply(this, given)
        }
      })
      const held = (): Promise<{ buffers: number; bytes: number }> =>
        engineWindow().evaluate(() => {
          const sizes = [...(globalThis as unknown as { held: Map<unknown, number> }).held.values()]
          return { buffers: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
        })
      const [page] = await pidOfEngineWindow()
      /** Megabytes of the hidden window, of the process of the GPU and of the compute process. */
      const megabytes = (): Promise<number[]> =>
        studio.app.evaluate(({ app }, hidden) => {
          const isOurs = ({ pid, type, name }: Electron.ProcessMetric): boolean =>
            pid === hidden || type === 'GPU' || (type === 'Utility' && name === 'MADE Studio compute')
          return app
            .getAppMetrics()
            .filter(isOurs)
            .map(({ memory }) => Math.round(memory.workingSetSize / 1024))
        }, page)

      await start('Long', 'webgpu', MOST_EPOCHS, 'fresh')
      const epochs = async (): Promise<number> => (await resultOf('Long')).epochs.length
      const [first, further] = longOr([4, 12], [1, 2])
      await expect.poll(epochs, { timeout: 120_000 }).toBeGreaterThan(first)
      const early = { ...(await held()), megabytes: await megabytes(), epochs: await epochs() }
      expect(early.buffers).toBeGreaterThan(10)
      await expect.poll(epochs, { timeout: 200_000 }).toBeGreaterThan(early.epochs + further)
      await expect.poll(() => held().then(({ buffers }) => buffers)).toBe(early.buffers)
      // Buffers grow to the longest list, and that is all.
      const { bytes } = await held()
      expect(bytes - early.bytes).toBeLessThan(2 ** 20)
      const late = await megabytes()
      console.log(
        `after ${early.epochs} epochs of ${ROWS / 100} updates: ${early.buffers} buffers, ${early.bytes} bytes, ${early.megabytes.join(', ')} MB; after ${await epochs()}: ${bytes} bytes, ${late.join(', ')} MB`,
      )
      expect(late).toHaveLength(3)
      for (const [i, size] of late.entries()) expect(size - early.megabytes[i]).toBeLessThan(100)
      await get('stop').click()
      await finished('Long')
    },
  )

  async function pidOfEngineWindow(): Promise<number[]> {
    return studio.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .filter((contents) => contents.getURL().startsWith('app://engine/'))
        .map((contents) => contents.getOSProcessId()),
    )
  }

  async function pidOf(type: string): Promise<number[]> {
    return studio.app.evaluate(
      ({ app }, wanted) =>
        app
          .getAppMetrics()
          .filter((metric) => metric.type === wanted)
          .map(({ pid }) => pid),
      type,
    )
  }

  describe('by itself', () => {
    let connection: Promise<Connection> | null = null

    /** The window serves the tests on a port as it serves the compute process. */
    async function connect(): Promise<Connection> {
      const page = engineWindow()
      await page.evaluate(() => {
        const { port1, port2 } = new MessageChannel()
        port1.start()
        Object.assign(globalThis, { testPort: port1 })
        window.postMessage(null, '*', [port2])
      })
      let hear: (message: unknown) => void = () => undefined
      const end: PortEnd = {
        post: (message) => {
          // A call takes as long as it takes here.
          if (message === PING) {
            hear(PONG)
            return
          }
          void page
            .evaluate((call) => {
              const port = (globalThis as unknown as { testPort: MessagePort }).testPort
              return new Promise<unknown>((resolve) => {
                const hear = ({ data }: { readonly data: { readonly id: number } }): void => {
                  if (data.id !== call.id) return
                  port.removeEventListener('message', hear)
                  resolve(data)
                }
                port.addEventListener('message', hear)
                port.postMessage(call)
              })
            }, message as CallMessage)
            .then((reply) => hear(reply))
        },
        listen: (listener) => (hear = listener),
        close: () => undefined,
      }
      const lost = {
        code: 'process-lost',
        message: verbatim('It is gone.'),
        hint: verbatim('Start it again.'),
      } as const
      return new Connection(end, { ...PATIENCE, silent: () => undefined }, { stopped: lost, silent: lost })
    }

    engineConformance(
      'the webgpu engine in the real Electron',
      async () => RemoteEngine.find(await (connection ??= connect())),
      {
        runs: 2,
        heads: VARIABLE_KINDS,
        // Drawing with each activation, bits and categories takes a shader of its own, which SwiftShader compiles for seconds.
        drawnActivation: ({ activation, variables }) => longOr(activation, variables === undefined ? 'relu' : 'tanh'),
      },
    )
  })
  test('goes with the application', async () => {
    const exited = new Promise((resolve) => studio.app.process().once('exit', resolve))
    expect(engineWindow().isClosed()).toBe(false)
    await studio.app.evaluate(({ app }) => app.quit()).catch(() => undefined)
    await exited
  })
})
