import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere } from './made-command'

it('--until-epoch saves and leaves without a test, and the run that goes on is the one that never stopped', async () => {
  const place = await temporaryFolder()
  const folder = (name: string): RunFolder => new RunFolder(join(place, name))
  const train = (name: string, ...more: string[]): ReturnType<typeof runMadeHere> =>
    runMadeHere('train', '--data', 'synthetic:markov-chain,columns=12,train=300,valid=60,test=60', '--out', folder(name).path, '--hidden', '30', '--learning-rate', '0.05', '--learning-rate-schedule', 'cosine', '--average-epochs', '2', '--batch', '20', '--epochs', '40', '--look-ahead', '3', '--engine', 'cpu', '--json', ...more) // prettier-ignore
  const whole = JSON.parse((await train('whole')).stdout) as { epochs: number; reason: string }
  // Otherwise nothing is said of patience.
  expect(whole.reason).toBe('look-ahead')

  const first = await train('cut', '--until-epoch', '2')
  expect([first.status, first.stderr]).toEqual([0, ''])
  expect(JSON.parse(first.stdout)).toMatchObject({ epochs: 2, reason: null, test: null })
  const cut = folder('cut')
  expect(await cut.readRecord()).toMatchObject({ epoch: 2, ended: null, test: null })
  for (let epoch = 2; epoch < whole.epochs; epoch++) {
    const { status, stdout } = await runMadeHere('resume', cut.path, '--until-epoch', String(epoch))
    expect([status, stdout]).toEqual([0, expect.stringContaining(`until epoch ${epoch}, as asked for, and saved\n`)])
  }
  const last = await runMadeHere('resume', cut.path, '--until-epoch', '1000', '--json')
  expect(JSON.parse(last.stdout)).toMatchObject({ epochs: whole.epochs, reason: 'look-ahead' })
  const shape = checkpointShape(await cut.readRecord())
  const [a, b] = [await folder('whole').readCheckpoint(shape), await cut.readCheckpoint(shape)]
  expect(b.checkpoint?.state).toEqual(a.checkpoint?.state)
  expect(await readFile(cut.bestPath)).toEqual(await readFile(folder('whole').bestPath))
  expect((await runMadeHere('resume', cut.path, '--until-epoch', 'soon')).status).toBe(2)
})
