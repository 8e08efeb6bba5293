import { readdirSync, watch } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere, startMade } from './made-command'

async function trainedOn(data: string, run: string): Promise<string> {
  const trained = await runMadeHere('train', '--data', data, '--out', run, '--hidden', '16', '--epochs', '8', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu') // prettier-ignore
  expect(trained).toMatchObject({ status: 0, stderr: '' })
  return join(run, 'best.safetensors')
}

function sample(model: string, count: string, out: string, ...more: string[]): ReturnType<typeof runMadeHere> {
  return runMadeHere('sample', '--model', model, '--count', count, '--out', out, ...more)
}

it('made sample draws rows of the table that the model was trained on, each of them one that could be', async () => {
  const place = await temporaryFolder()
  const data = join(place, 'pairs.csv')
  const words = ['red', 'green', 'blue']
  const rows = Array.from({ length: 300 }, (_, i) => `${words[i % 3]},${i % 2 === 0 ? '' : 'odd'},${i % 50}`)
  await writeFile(data, `colour,parity,number\n${rows.join('\n')}\n`)
  const model = await trainedOn(data, join(place, 'run'))
  const out = join(place, 'samples.csv')
  expect(await sample(model, '500', out)).toMatchObject({ status: 0, stdout: `500 samples written to ${out}\n` })
  const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n')
  expect([header, lines.length]).toEqual(['colour,parity,number', 500])
  for (const line of lines) expect(line).toMatch(/^(red|green|blue),(odd)?,\d+$/)
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(3)
  const [a, b] = [join(place, 'a.csv'), join(place, 'b.csv')]
  await sample(model, '40', a, '--seed', '3')
  await sample(join(place, 'run'), '40', b, '--seed', '3')
  expect(await readFile(b, 'utf8')).toBe(await readFile(a, 'utf8'))
})

it('made sample draws pictures in the shape that the model knows or that is asked for, and no table of them', async () => {
  const place = await temporaryFolder()
  const model = await trainedOn('synthetic:bars-and-stripes,size=4,train=200,valid=50,test=50', join(place, 'run'))
  const sizeOf = async (...more: string[]): Promise<[number, number]> => {
    expect(await sample(model, '9', join(place, 'x.png'), ...more)).toMatchObject({ status: 0, stderr: '' })
    const { width, height } = decode(await readFile(join(place, 'x.png')))
    return [width, height]
  }
  expect(await sizeOf()).toEqual([3 * (4 * 4 + 2) + 2, 3 * (4 * 4 + 2) + 2])
  expect(await sizeOf('--size', '8x2')).toEqual([3 * (4 * 8 + 2) + 2, 3 * (4 * 2 + 2) + 2])
  expect(await sample(model, '1', join(place, 'x.png'), '--size', '5x5')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/--size is 5x5, which is 25 pixels; the model has 16 inputs/),
  })
  expect(await sample(model, '1000000000', join(place, 'y.png'))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/a PNG holds at most [\d,]+ such rows\.\n {6}Choose fewer rows, or NPY/),
  })
  expect(readdirSync(place).sort()).toEqual(['run', 'x.png'])
})

it('made sample can be interrupted, and leaves nothing behind', async () => {
  const place = await temporaryFolder()
  const model = await trainedOn('synthetic:bars-and-stripes,size=4,train=200,valid=50,test=50', join(place, 'run'))
  const out = join(place, 'out')
  await mkdir(out)
  const { child, finished } = startMade(
    'sample',
    '--model',
    model,
    '--count',
    '1000000000',
    '--out',
    join(out, 'x.npy'),
  )
  const watcher = watch(out, () => {
    watcher.close()
    child.kill('SIGTERM')
  })
  const { status, stdout, stderr } = await finished
  expect([status, stdout, stderr]).toEqual([143, '', 'made: Interrupted (SIGTERM).\n      Nothing was changed.\n'])
  expect(readdirSync(out)).toEqual([])
})
