import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RunFolder } from '../../src/runs/run-folder'
import { temporaryFolder } from '../training/small-run'
import { runMade, runMadeHere } from './made-command'

it('a run that diverges ends with status 1 and words, keeps its best model, and says that it cannot go on', async () => {
  const folder = new RunFolder(join(await temporaryFolder(), 'run'))
  const data = ['--data', 'synthetic:markov-chain,columns=12,train=2000,valid=200,test=200']
  // Each update multiplies the weights by 1 − 0.25·10.
  const steps = ['--optimizer', 'sgd', '--learning-rate', '0.25', '--l2', '10', '--batch', '100', '--hidden', '20']
  const trained = await runMade('train', ...data, ...steps, '--epochs', '30', '--engine', 'cpu', '--out', folder.path)
  expect(trained).toMatchObject({ status: 1, stdout: '' })
  const { best, epoch } = await folder.readRecord()
  expect(trained.stderr.trim().split(/\n\s*/)).toEqual([
    expect.stringMatching(
      /^made: The loss has exploded: it is .* times that of fair coins\. .* of the learning rate\.$/,
    ),
    expect.stringMatching(new RegExp(`^made: The (validation )?loss .* at epoch ${epoch + 1}\\.$`)),
    `The step size is probably too large; the best model so far, from epoch ${best?.epoch}, is kept. Start anew with --learning-rate 0.025.`,
  ])

  const evaluated = await runMadeHere('evaluate', '--model', folder.bestPath, ...data, '--split', 'valid', '--json')
  expect(evaluated).toMatchObject({ status: 0, stderr: '' })
  const { nll } = JSON.parse(evaluated.stdout) as { nll: number }
  expect(nll / (best?.validNll ?? NaN)).toBeCloseTo(1, 3)

  const resumed = await runMadeHere('resume', folder.path, '--epochs', '60')
  expect(resumed).toMatchObject({ status: 1, stdout: '' })
  expect(resumed.stderr).toMatch(
    /^made: This run cannot go on, since it diverged\. The .*\n\s+From its last checkpoint/,
  )
})
