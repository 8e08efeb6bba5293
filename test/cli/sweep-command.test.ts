import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RunFolder } from '../../src/runs/run-folder'
import { runMadeHere, type Finished } from './made-command'
import { prepared, runPath, SMALL_BASE, SMALL_VARY, trainedAlone } from './small-sweep'

const SMALL = { base: SMALL_BASE, vary: SMALL_VARY }
const HALVED = {
  base: { ...SMALL_BASE, optimizer: { learningRate: 0.02 } },
  vary: { seed: [1, 2, 3, 4, 5] },
  halving: { keep: 0.5, epochs: [1, 2] },
}

function sweep(...words: string[]): Promise<Finished> {
  return runMadeHere('sweep', ...words)
}

async function runTask(path: string, task: number, ...options: string[]): Promise<void> {
  const { status, stderr } = await sweep('run', path, String(task), ...options)
  expect([task, status, stderr]).toEqual([task, 0, ''])
}

/** All files below a folder, with what is in them. */
async function contents(path: string): Promise<Record<string, string>> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile()) // prettier-ignore
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, (await readFile(join(path, name))).toString('base64')] as const),
    ),
  )
}

describe('made sweep', () => {
  it('does every point as if it were trained alone, and gives its results in a line each', async () => {
    const { place, path, finished } = await prepared(SMALL)
    expect([finished.status, finished.stderr]).toEqual([0, ''])
    expect(readdirSync(join(path, 'runs')).sort()).toEqual(['p00000', 'p00001', 'p00002', 'p00003'])
    expect((await sweep('todo', path)).stdout).toBe('0-3\n')
    await runTask(path, 2)
    expect((await sweep('todo', path)).stdout).toBe('0-1,3\n')
    for (const task of [0, 1, 3]) await runTask(path, task)
    expect(await sweep('todo', path)).toMatchObject({ status: 0, stdout: '' })

    for (const [i, model] of (await trainedAlone(place, path)).entries())
      expect(await readFile(join(runPath(path, i), 'best.safetensors'))).toEqual(model)

    const json = (await sweep('collect', path, '--json')).stdout.trim().split('\n').map((line) => JSON.parse(line) as { test: { nll: number }; run: string }) // prettier-ignore
    const records = await Promise.all([0, 1, 2, 3].map((i) => new RunFolder(runPath(path, i)).readRecord()))
    expect(json).toMatchObject(
      records.map(({ best, test, config }, i) => ({
        run: `p0000${i}`,
        status: 'finished',
        best,
        test,
        epochs: 4,
        settings: { seed: config.seed },
      })),
    )
    const out = join(place, 'results.csv')
    expect(await sweep('collect', path, '--out', out)).toMatchObject({ status: 0, stdout: '' })
    const csv = (await readFile(out, 'utf8')).trim().split('\n')
    expect((await sweep('collect', path)).stdout).toBe(`${csv.join('\n')}\n`)
    expect(csv[0]).toMatch(/^run,status,optimizer\.learningRate,seed,epochs,best_epoch,valid_nll,test_nll,/)
    expect(csv.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual(['p00000,finished,0.01,1', 'p00001,finished,0.01,2', 'p00002,finished,0.05,1', 'p00003,finished,0.05,2']) // prettier-ignore
    expect(csv.slice(1).map((line) => Number(line.split(',')[7]))).toEqual(json.map(({ test }) => test.nll))
  })

  it('leaves alone what is finished, and looks without changing anything', async () => {
    const { path } = await prepared({ base: SMALL_BASE, vary: { seed: [1, 2] } })
    await runTask(path, 0)
    const before = await contents(path)
    await runTask(path, 0)
    expect(JSON.parse((await sweep('status', path, '--json')).stdout)).toMatchObject({ points: 2, finished: 1, waiting: 1, training: 0 }) // prettier-ignore
    expect((await sweep('status', path)).stdout).toBe('not begun   1 (1)\nfinished    1 (0)\n')
    for (const look of ['todo', 'collect']) expect((await sweep(look, path)).status).toBe(0)
    expect(await contents(path)).toEqual(before)
  })

  it('keeps of a finished run one sheet of samples and no checkpoint, or all if asked to', async () => {
    const [few, all] = [await prepared(SMALL), await prepared(SMALL, '--keep-all')]
    for (const { path } of [few, all]) await runTask(path, 1)
    const [fewIn, allIn] = [few, all].map(({ path }) => runPath(path, 1))
    const { best } = await new RunFolder(fewIn).readRecord()
    expect(readdirSync(join(fewIn, 'samples'))).toEqual([`epoch-0000${best?.epoch ?? 0}.npy`])
    expect(readdirSync(fewIn).filter((name) => name.startsWith('checkpoint'))).toEqual([])
    expect(readdirSync(join(allIn, 'samples'))).toHaveLength(4)
    expect(readdirSync(allIn)).toContain('checkpoint.safetensors')
    expect(await readFile(join(fewIn, 'best.safetensors'))).toEqual(await readFile(join(allIn, 'best.safetensors')))
    // Given more epochs it begins anew, and becomes what it would have become.
    for (const run of [fewIn, allIn]) {
      const { stdout } = await runMadeHere('resume', run, '--epochs', '6', '--json')
      expect(JSON.parse(stdout)).toMatchObject({ epochs: 6 })
    }
    expect(await readFile(join(fewIn, 'best.safetensors'))).toEqual(await readFile(join(allIn, 'best.safetensors')))
  })

  it('does several points in a task, and names tasks from where it is asked to', async () => {
    const { path, finished } = await prepared(
      { base: SMALL_BASE, vary: { seed: [1, 2, 3, 4, 5] } },
      '--pack',
      '2',
      '--json',
    )
    expect(JSON.parse(finished.stdout)).toMatchObject({ runs: 5, tasks: 3 })
    expect((await sweep('todo', path)).stdout).toBe('0-2\n')
    expect((await sweep('run', path, '2')).stdout).toBe('p00004: to its end\n')
    expect((await sweep('run', path, '0')).stdout).toBe('p00000: to its end\np00001: to its end\n')
    expect((await sweep('todo', path)).stdout).toBe('1\n')
    expect((await sweep('todo', path, '--from', '1', '--count', '1')).stdout).toBe('0\n')
    expect((await sweep('todo', path, '--from', '2')).stdout).toBe('')
    expect(await sweep('run', path, '3')).toMatchObject({ status: 2, stderr: expect.stringContaining('the most is 2') })
  })

  it('refuses a run of other settings, and other data', async () => {
    const data = 'rows.csv'
    const { path, place } = await prepared(SMALL)
    await runTask(path, 0)
    const json = join(runPath(path, 0), 'run.json')
    const record = JSON.parse(await readFile(json, 'utf8')) as { config: { l2: number } }
    await writeFile(json, JSON.stringify({ ...record, config: { ...record.config, l2: 0.5 } }))
    expect(await sweep('run', path, '0')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^made: The run in .* has other settings than point p00000/) }) // prettier-ignore
    expect((await sweep('todo', path)).stdout).toBe('0-3\n')

    const rows = Array.from({ length: 60 }, (_, i) => `${i % 2},${(i >> 1) % 2},${(i >> 2) % 2}`)
    await writeFile(join(place, data), ['a,b,c', ...rows].join('\n'))
    const file = join(place, 'file.json')
    await writeFile(file, JSON.stringify({ base: { ...SMALL_BASE, data }, vary: { seed: [1] } }))
    const other = join(place, 'other')
    expect((await sweep('prepare', file, '--out', other)).status).toBe(0)
    await writeFile(join(place, data), ['a,b,c', ...rows.toReversed()].join('\n'))
    expect(await sweep('run', other, '0')).toMatchObject({ status: 1, stderr: expect.stringContaining('are not those that the sweep was prepared with') }) // prettier-ignore
    expect(existsSync(join(runPath(other, 0), 'run.json'))).toBe(false)
    await writeFile(join(place, data), ['a,b,c', ...rows].join('\n'))
    await runTask(other, 0)
  })

  it('takes a run that diverged for over: it would do so again', async () => {
    const { path } = await prepared({
      base: { ...SMALL_BASE, activation: 'relu', hidden: [20, 20] },
      points: [{ optimizer: { kind: 'sgd', learningRate: 100 }, l2: 10 }, { seed: 3 }],
    })
    expect((await sweep('run', path, '0')).status).toBe(0)
    expect((await new RunFolder(runPath(path, 0)).readRecord()).status).toBe('diverged')
    expect((await sweep('todo', path)).stdout).toBe('1\n')
    expect((await sweep('collect', path)).stdout).toContain('\np00000,diverged,')
  })
})

describe('a sweep that cannot be', () => {
  const seeds = Array.from({ length: 3000 }, (_, i) => i)
  it.each<[string, object, string]>([
    ['a setting that there is none of', { base: SMALL_BASE, vary: { 'optimizer.momentun': [0.5] } }, 'Point p00000 cannot be: there is no setting "optimizer.momentun".'], // prettier-ignore
    ['a disk that is too small', { base: { ...SMALL_BASE, hidden: [65_536, 7000] }, vary: { seed: seeds } }, 'The runs of the sweep take about '], // prettier-ignore
    ['data that are not there', { base: { ...SMALL_BASE, data: 'nowhere.csv' }, vary: { seed: [1] } }, 'nowhere.csv'],
  ])('is refused before anything is written: %s', async (_, file, said) => {
    const { path, finished } = await prepared(file)
    expect(finished).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(said) })
    expect(existsSync(path)).toBe(false)
  })

  it('is refused where there is one already, and told where there is none', async () => {
    const { place, path } = await prepared(SMALL)
    const before = await contents(path)
    expect(await sweep('prepare', join(place, 'sweep.json'), '--out', path)).toMatchObject({ status: 1 })
    expect(await contents(path)).toEqual(before)
    expect(await sweep('run', place, '0')).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no sweep in') }) // prettier-ignore
    await writeFile(join(path, 'points.jsonl'), '{}\n')
    expect(await sweep('run', path, '0')).toMatchObject({ status: 1, stderr: expect.stringContaining('is damaged') })
    await writeFile(join(place, 'sweep.json'), '{')
    expect(await sweep('prepare', join(place, 'sweep.json'), '--out', join(place, 'b'))).toMatchObject({ status: 1, stderr: expect.stringContaining('is not JSON') }) // prettier-ignore
  })

  it('has options that are refused as those of other commands', async () => {
    for (const options of [
      ['--pack', '0'],
      ['--time', 'soon'],
      ['--threads', '0'],
      ['--kernels', 'fast'],
    ])
      expect((await prepared(SMALL, ...options)).finished.status).toBe(2)
    const { path } = await prepared(SMALL)
    expect((await sweep('run', path, 'one')).status).toBe(2)
    expect((await sweep('run', path, '0', '--rung', '1')).status).toBe(2)
  })
})

describe('a halved sweep', () => {
  it('trains the best of each rung on, as if they had never paused', async () => {
    const { place, path, finished } = await prepared(HALVED, '--json')
    expect((JSON.parse(finished.stdout) as { rungs: unknown }).rungs).toMatchObject([{ places: 5 }, { places: 3 }, { places: 2 }]) // prettier-ignore
    for (const task of [4, 2, 0, 1, 3]) await runTask(path, task, '--rung', '0')
    expect((await sweep('todo', path)).stdout).toBe('')
    expect((await sweep('todo', path, '--rung', '1')).stdout).toBe('0-2\n')

    const histories = await Promise.all(
      [0, 1, 2, 3, 4].map(async (i) => {
        const folder = new RunFolder(runPath(path, i))
        const { epochs } = await folder.readHistory(await folder.readRecord())
        expect(epochs).toHaveLength(1)
        return { point: i, validNll: epochs[0].validNll }
      }),
    )
    const ranked = histories.toSorted((a, b) => a.validNll - b.validNll || a.point - b.point).map(({ point }) => point)
    // What a run did beyond the rung does not count in it.
    const worst = ranked[4]
    expect((await runMadeHere('resume', runPath(path, worst), '--until-epoch', '3')).status).toBe(0)
    // The first task ranks, and the ranking stays whatever becomes of the runs.
    await runTask(path, 1, '--rung', '1')
    await runTask(path, 0, '--rung', '1')
    await runTask(path, 2, '--rung', '1')
    const record = async (point: number): Promise<{ epoch: number; status: string }> => new RunFolder(runPath(path, point)).readRecord() // prettier-ignore
    expect(await Promise.all(ranked.map(async (point) => (await record(point)).epoch))).toEqual([2, 2, 2, 1, 3])
    for (const task of [0, 1]) await runTask(path, task, '--rung', '2')
    expect((await sweep('todo', path, '--rung', '2')).stdout).toBe('')
    const statuses = await Promise.all([0, 1, 2, 3, 4].map(record))
    expect(statuses.filter(({ status }) => status === 'finished')).toHaveLength(2)
    expect((await sweep('status', path)).stdout).toContain('rung 2      2 of 2 at their end\n')

    const alone = await trainedAlone(place, path)
    for (const [point, { status }] of statuses.entries())
      if (status === 'finished')
        expect(await readFile(join(runPath(path, point), 'best.safetensors'))).toEqual(alone[point])
  })

  it('waits with a rung for all of the one before, unless those that are late are to be left out', async () => {
    const { path } = await prepared(HALVED)
    for (const task of [0, 1, 2]) await runTask(path, task)
    expect(await sweep('run', path, '0', '--rung', '1')).toMatchObject({ status: 1, stderr: expect.stringContaining('2 points have not yet 1 epoch: p00003, p00004.') }) // prettier-ignore
    expect(existsSync(join(path, 'rungs'))).toBe(false)
    await runTask(path, 0, '--rung', '1', '--leave-out')
    await runTask(path, 3)
    // What comes late changes nothing any more.
    expect((JSON.parse(await readFile(join(path, 'rungs', 'rung-1.json'), 'utf8')) as { points: number[] }).points.toSorted((a, b) => a - b)).toEqual([0, 1, 2]) // prettier-ignore
  })

  it('leaves out points that diverged, so that tasks may have nothing to do', async () => {
    const { path } = await prepared({
      base: { ...SMALL_BASE, hidden: [20, 20], l2: 10 },
      vary: {
        optimizer: [
          { kind: 'sgd', learningRate: 100 },
          { kind: 'sgd', learningRate: 90 },
          { kind: 'sgd', learningRate: 0.01 },
        ],
      },
      halving: { keep: 0.7, epochs: [2] },
    })
    for (const task of [0, 1, 2]) expect((await sweep('run', path, String(task))).status).toBe(0)
    expect(await sweep('run', path, '1', '--rung', '1')).toMatchObject({ status: 0, stdout: '' })
    expect(await sweep('run', path, '0', '--rung', '1')).toMatchObject({ status: 0, stdout: 'p00002: to its end\n' })
    await rm(path, { recursive: true })
  })
})
