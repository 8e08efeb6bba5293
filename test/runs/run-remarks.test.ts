import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changeRemarks, readRemarks } from '../../src/runs/run-remarks'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import { NO_REMARKS } from '../../src/shared/run-remarks'
import { expectFailure } from '../base/expect-failure'
import { smallConfig, smallData, temporaryFolder } from '../training/small-run'

describe('what a person says of a run', () => {
  it('is nothing at first, and is kept bit by bit', async () => {
    const folder = await temporaryFolder()
    expect(await readRemarks(folder)).toEqual(NO_REMARKS)
    await changeRemarks(folder, { isStarred: true })
    await changeRemarks(folder, { note: 'two\nlines 별' })
    expect(await readRemarks(folder)).toEqual({ isStarred: true, note: 'two\nlines 별' })
    // Changes at once take turns, and none of them is lost.
    await Promise.all([changeRemarks(folder, { isStarred: false }), changeRemarks(folder, { note: 'last' })])
    expect(await readRemarks(folder)).toEqual({ isStarred: false, note: 'last' })
    expect(await readdir(folder)).toEqual(['remarks.json'])
  })

  it('that makes no sense is nothing, and that of a later version is not overwritten', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'remarks.json')
    for (const text of ['', '{', '[]', '{"version":1,"isStarred":"yes","note":""}']) {
      await writeFile(path, text)
      expect(await readRemarks(folder)).toEqual(NO_REMARKS)
    }
    await writeFile(path, '{"version":2,"stars":5}')
    await expectFailure(() => changeRemarks(folder, { isStarred: true }), 'newer-version')
    expect(await readFile(path, 'utf8')).toBe('{"version":2,"stars":5}')
  })

  it('is listed with the run, also while it trains, and leaves run.json and its lock alone', async () => {
    const runs = new Runs(await temporaryFolder())
    const folder = new RunFolder(join(runs.path, 'one'))
    await folder.create(newRecord('one', smallConfig({ epochs: 1 }), smallData()))
    const hold = await folder.lock()
    const before = [await readFile(join(folder.path, 'run.json'), 'utf8'), (await readdir(folder.path)).toSorted()]
    await runs.changing('one', ({ path }) => changeRemarks(path, { isStarred: true, note: 'mine' }))
    const [listed] = await runs.list()
    expect(listed).toMatchObject({ id: 'one', isStarred: true, note: 'mine' })
    const names = (await readdir(folder.path)).filter((name) => name !== 'remarks.json').toSorted()
    expect([await readFile(join(folder.path, 'run.json'), 'utf8'), names]).toEqual(before)
    await hold.release()
    // It goes to the bin with the run, and comes back with it.
    const binId = await runs.delete('one')
    expect((await runs.listBin())[0]).toMatchObject({ note: 'mine' })
    await runs.restore(binId)
    expect((await runs.list())[0]).toMatchObject({ isStarred: true, note: 'mine' })
  })

  it('is told of a run that cannot be read, too', async () => {
    const runs = new Runs(await temporaryFolder())
    await mkdir(join(runs.path, 'broken'), { recursive: true })
    await writeFile(join(runs.path, 'broken', 'run.json'), '{')
    await changeRemarks(join(runs.path, 'broken'), { note: 'fell off the table' })
    expect((await runs.list())[0]).toMatchObject({ status: 'damaged', note: 'fell off the table' })
  })
})
