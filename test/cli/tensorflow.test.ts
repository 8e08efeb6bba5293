import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { EngineLine } from '../../src/cli/engines-command'
import { bySplit } from '../../src/data/split'
import { describeTensorFlow } from '../engine/found-tensorflow'
import { chainRows } from '../training/chain'
import { temporaryFolder } from '../training/small-run'
import { runMade } from './made-command'
import { writeNpz } from './npz-file'

async function tensorFlowLine(folder: string): Promise<EngineLine | undefined> {
  process.env['MADE_STUDIO_TENSORFLOW'] = folder
  const { stdout } = await runMade('engines', '--json')
  return (JSON.parse(stdout) as EngineLine[]).find(({ id }) => id === 'tensorflow')
}

describeTensorFlow('made with the tensorflow engine', (folder) => {
  afterAll(() => {
    delete process.env['MADE_STUDIO_TENSORFLOW']
  })

  it('says where TensorFlow computes, and why it is not used where it is absent', async () => {
    const line = await tensorFlowLine(folder)
    expect(line).toMatchObject({ available: true, device: { name: expect.stringMatching(/TensorFlow \d/) } })
    if (line?.device?.kind === 'cpu') expect(line.note).toMatch(/so TensorFlow computes on the processor/)
    const nowhere = await temporaryFolder()
    expect(await tensorFlowLine(nowhere)).toMatchObject({
      available: false,
      reason: expect.stringMatching(/^The TensorFlow library is not installed\./),
    })
    const refused = await runMade('evaluate', '--model', 'x', '--data', 'mnist', '--engine', 'tensorflo')
    expect(refused).toMatchObject({ status: 2, stdout: '' })
  })

  it('trains, goes on on another engine, and scores the same on both', async () => {
    const place = await temporaryFolder()
    const data = join(place, 'chain.npz')
    await writeNpz(
      data,
      bySplit((split) => chainRows(split === 'train' ? 400 : 100, 8, split.length)),
    )
    const out = join(place, 'run')
    process.env['MADE_STUDIO_TENSORFLOW'] = folder
    const train = ['train', '--data', data, '--hidden', '20', '--epochs', '2', '--engine', 'tensorflow']
    const trained = await runMade(...train, '--out', out, '--json')
    expect(trained).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(trained.stdout)).toMatchObject({ engine: 'tensorflow', epochs: 2 })

    const recordPath = join(out, 'run.json')
    const record = JSON.parse(await readFile(recordPath, 'utf8')) as { config: object }
    expect(await runMade('resume', out, '--engine', 'none')).toMatchObject({ status: 2 })
    await writeFile(recordPath, JSON.stringify({ ...record, config: { ...record.config, epochs: 3 } }))
    const resumed = await runMade('resume', out, '--engine', 'cpu', '--json')
    expect(JSON.parse(resumed.stdout)).toMatchObject({ engine: 'cpu' })
    expect(JSON.parse(await readFile(recordPath, 'utf8'))).toMatchObject({
      config: { engine: 'cpu' },
      engine: { id: 'cpu' },
    })

    const nll = async (engine: string): Promise<number> => {
      const { stdout } = await runMade(
        'evaluate',
        '--model',
        join(out, 'best.safetensors'),
        '--data',
        data,
        '--engine',
        engine,
        '--json',
      )
      return (JSON.parse(stdout) as { nll: number }).nll
    }
    expect(await nll('tensorflow')).toBeCloseTo(await nll('cpu'), 4)

    process.env['MADE_STUDIO_TENSORFLOW'] = place
    const absent = await runMade(...train, '--out', join(place, 'other'))
    expect(absent).toMatchObject({ status: 1, stdout: '' })
    expect(absent.stderr).toMatch(
      /The engine "tensorflow" cannot be used on this computer\.\n +The TensorFlow library is not installed\./,
    )
  })
})
