import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bytesOf, requireRoom } from '../../src/runs/disk-room'
import { expectFailure } from '../base/expect-failure'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'

it('runs that do not fit on the disk are refused in words, together though each would fit alone', async () => {
  const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 1 }))
  const record = await folder.readRecord()
  const free = (): Promise<number> => Promise.resolve(2 * bytesOf(record))
  await requireRoom('/runs', [record, record], free)
  await expectFailure(
    () => requireRoom('/runs', [record, record, record], free),
    'disk-full',
    /3 runs .* GB at their most/,
  )
})

it('the room that a run is reckoned to take is what its models and checkpoints do take, and not ten times that', async () => {
  const config = smallConfig({ hidden: [400, 400], epochs: 2 })
  const folder = await newRun(await temporaryFolder(), config)
  await (await trainerOf(folder)).run()
  const names = (await readdir(folder.path)).filter((name) => name.endsWith('.safetensors'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder.path, name))).size))
  const taken = sizes.reduce((sum, size) => sum + size, 0)
  expect(bytesOf(await folder.readRecord())).toBeGreaterThan(0.95 * taken)
  expect(bytesOf(await folder.readRecord())).toBeLessThan(10 * taken)
})

it('is asked of the disk that a folder is to be on', async () => {
  const place = await temporaryFolder()
  await mkdir(place, { recursive: true })
  const record = await (await newRun(place, smallConfig({ epochs: 1 }))).readRecord()
  await requireRoom(join(place, 'not', 'there'), [record])
})
