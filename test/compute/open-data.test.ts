import { renameSync } from 'node:fs'
import { copyFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OpenData } from '../../src/compute/open-data'
import type { DataEvent, DataSummary } from '../../src/shared/contract'
import { syntheticSource, type DataSource, type Preparation } from '../../src/shared/data-source'
import { expectFailure } from '../base/expect-failure'
import { idx } from '../data/idx-files'
import { temporaryFolder } from '../training/small-run'

const BARS: DataSource = { ...syntheticSource('bars-and-stripes'), rows: { train: 400, valid: 100, test: 100 } }

function file(path: string, preparation: Preparation | null = null): DataSource {
  return { kind: 'file', path, preparation }
}

function csv(rows: number, word: (row: number) => string): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${row % 5 === 0 ? '' : 20 + (row % 40)},${word(row)},${row % 2 === 0 ? 'yes' : 'no'}`,
  )
  return `age,word,income\n${lines.join('\n')}\n`
}

function opened(): { readonly data: OpenData; readonly events: DataEvent[] } {
  const events: DataEvent[] = []
  return { data: new OpenData({ mnistFolder: '/nowhere' }, (event) => events.push(event)), events }
}

describe('the open data', () => {
  it('stay open when what was to follow cannot be opened, prepared, or was given up', async () => {
    const { data } = opened()
    const folder = await temporaryFolder()
    const summary = await data.open(BARS)
    await expectFailure(() => data.open(file(join(folder, 'none.csv'))), 'not-found')
    await writeFile(join(folder, 'short.csv'), 'a,b\n1,0\n')
    await expectFailure(() => data.open(file(join(folder, 'short.csv'))), 'invalid-data')
    const large = join(folder, 'large.csv')
    await writeFile(large, '0,1,1,0,1,0,1,0,0,1\n'.repeat(400_000))
    const opening = data.open(file(large))
    data.cancelOpening()
    await expectFailure(() => opening, 'cancelled')
    expect(data.summary).toEqual(summary)
    expect(data.rows({ split: 'test', start: 98, count: 10, view: 'binary', label: null }).rows).toEqual(
      Uint32Array.of(98, 99),
    )
  })

  it('are opened once where they were begun to be opened before anybody asked', async () => {
    const folder = await temporaryFolder()
    const [path, other] = [join(folder, 'people.csv'), join(folder, 'other.csv')]
    await writeFile(
      path,
      csv(20_000, (row) => `w${row % 20}`),
    )
    await writeFile(other, `a,b\n${'1,0\n0,1\n1,1\n'.repeat(30)}`)
    let asked: Promise<DataSummary> | null = null
    const data = new OpenData({ mnistFolder: '/nowhere' }, () => {
      if (asked !== null) return
      // What has been begun to be read is read on, whatever takes its place.
      renameSync(other, path)
      asked = data.open(file(path))
    })
    data.openAhead(file(path))
    while (asked === null) await new Promise((resolve) => setTimeout(resolve, 1))
    expect((await (asked as Promise<DataSummary>)).splits.train.rows).toBeGreaterThan(10_000)
    // Once it is open, it is opened anew for whoever asks.
    expect((await data.open(file(path))).columns).toBe(2)
  })

  it('that could not be opened before anybody asked are tried again, and tell why', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'none.csv')
    data.openAhead(file(path))
    await expectFailure(() => data.open(file(path)), 'not-found')
    data.openAhead(file(path))
    await expectFailure(() => data.open(BARS).then(() => data.open(file(path))), 'not-found')
    data.openAhead(BARS)
    while (data.summary === null) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(data.summary.source).toEqual(BARS)
  })

  it('stay open when they are being prepared another way and that is given up', async () => {
    const events: DataEvent[] = []
    let cancels = false
    const data = new OpenData({ mnistFolder: '/nowhere' }, (event) => {
      events.push(event)
      if (cancels) data.cancelOpening()
    })
    const path = join(await temporaryFolder(), 'people.csv')
    await writeFile(
      path,
      csv(50_000, (row) => `w${row % 200}`),
    )
    const summary = await data.open(file(path))
    const preparation = summary.source.kind === 'file' ? summary.source.preparation : null
    if (!preparation) throw new Error('a file has no preparation')
    cancels = true
    await expectFailure(() => data.open(file(path, { ...preparation, numberBits: 8 })), 'cancelled')
    expect(data.summary).toEqual(summary)
    cancels = false
    events.length = 0
    expect((await data.open(file(path, { ...preparation, numberBits: 8 }))).columns).toBeGreaterThan(summary.columns)
    const shares = events.map((event) => (event.type === 'opening' ? event.share : NaN))
    expect(shares.length).toBeGreaterThan(0)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true)
  })

  it('are those that were asked for last, if two are opened at once', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'first.csv')
    await writeFile(
      path,
      csv(2000, () => 'a'),
    )
    // Read for the first time, and remembered from then.
    for (let time = 0; time < 2; time++) {
      const [first, second] = await Promise.allSettled([data.open(file(path)), data.open(BARS)])
      expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
      expect(data.summary?.name).toBe('Bars and stripes')
      await data.open(file(path))
    }
  })

  it('are prepared anew without reading again, and read again when the file has changed', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'people.csv')
    await writeFile(
      path,
      csv(100, (row) => `w${row % 3}`),
    )
    const { source, columns, table } = await data.open(file(path))
    expect(columns).toBe(14)
    expect(table?.columns.map(({ name, kind, missing, values }) => [name, kind, missing, values])).toEqual([
      ['age', 'integers', 20, 32],
      ['word', 'categories', 0, 3],
      ['income', 'categories', 0, 2],
    ])
    const preparation = source.kind === 'file' ? source.preparation : null
    if (!preparation) throw new Error('a file has no preparation')
    const before = await data.forRun(source)
    expect((await data.open(file(path, { ...preparation, omitted: [1] }))).columns).toBe(11)
    expect((await data.forRun({ ...BARS })).table).toBeUndefined()
    const again = await data.forRun(source)
    expect([again.table === before.table, again.hash]).toEqual([true, before.hash])
    await writeFile(
      path,
      csv(100, (row) => `w${row % 4}`),
    )
    await utimes(path, new Date(), new Date(Date.now() + 5000))
    expect((await data.open(file(path))).columns).toBe(15)
  })

  it('are pictures made to fit the size that their preparation remembers', async () => {
    const { data } = opened()
    const sizes = join(import.meta.dirname, '..', 'fixtures', 'readers', 'sizes')
    const place = await temporaryFolder()
    // The three pictures differ in size; each is there twice, so that there is one for every part.
    for (const name of ['0.jpg', '1.png', '2.png'])
      for (const copy of ['a', 'b']) await copyFile(join(sizes, name), join(place, `${copy}${name}`))
    const first = await data.open(file(place))
    expect(first).toMatchObject({ columns: 784, picture: { width: 28, height: 28 }, table: { isOfPictureFiles: true } })
    const preparation = first.source.kind === 'file' ? first.source.preparation : null
    if (!preparation) throw new Error('a file has no preparation')
    const size = { width: 12, height: 9 }
    const second = await data.open(file(place, { ...preparation, pictureSize: size, picture: size }))
    expect(second).toMatchObject({ columns: 108, picture: size, source: { preparation: { pictureSize: size } } })
    expect((await data.forRun(second.source)).hash).toBe(second.hash)
    const huge = { width: 1000, height: 1000 }
    await expectFailure(
      () => data.open(file(place, { ...preparation, pictureSize: huge, picture: huge })),
      'too-large',
      /1000×1000/,
    )
    expect(data.summary).toEqual(second)
  })

  it('show the rows of one class alone, which never is among the bits', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'people.csv')
    await writeFile(
      path,
      csv(100, (row) => `w${row % 3}`),
    )
    const { source } = await data.open(file(path))
    const preparation = source.kind === 'file' ? source.preparation : null
    if (!preparation) throw new Error('a file has no preparation')
    const { labels, columnNames, columns } = await data.open(file(path, { ...preparation, label: 2 }))
    expect(columnNames.filter((name) => (typeof name === 'string' ? name : name.english).includes('income'))).toEqual(
      [],
    )
    expect(labels).toMatchObject({ name: 'income', words: ['yes', 'no'] })
    const all = data.rows({ split: 'train', start: 0, count: 1000, view: 'binary', label: null })
    const no = data.rows({ split: 'train', start: 0, count: 1000, view: 'binary', label: 1 })
    expect(no.labels?.every((code) => code === 1)).toBe(true)
    expect(no.rows.length).toBe(labels?.counts.train[1])
    no.rows.forEach((row, i) => {
      expect(all.labels?.[row]).toBe(1)
      expect(no.values.slice(i * columns, (i + 1) * columns)).toEqual(
        all.values.slice(row * columns, (row + 1) * columns),
      )
    })
    expect(data.rows({ split: 'train', start: 3, count: 2, view: 'binary', label: 1 }).rows).toEqual(
      no.rows.slice(3, 5),
    )
  })

  it('have the losses to compare with, and keep a mixture that was fitted to them', async () => {
    const { data, events } = opened()
    const { references, hash } = await data.open({ ...BARS, rows: { train: 20_000, valid: 2000, test: 2000 } })
    expect(references).toMatchObject({
      independent: expect.closeTo(11.09, 1),
      entropy: expect.closeTo(3.379, 3),
      mixture: null,
    })
    const mixture = await data.fitMixture({ components: 40, seed: 1 })
    expect(mixture.nll.valid).toBeLessThan(references.independent - 5)
    expect(mixture.nll.valid).toBeGreaterThan(references.entropy ?? NaN)
    expect(events.some(({ type }) => type === 'fitting')).toBe(true)
    expect(data.summary?.references.mixture).toEqual(mixture)
    await data.open(BARS)
    expect(data.summary?.references.mixture).toBeNull()
    const again = await data.open({ ...BARS, rows: { train: 20_000, valid: 2000, test: 2000 } })
    expect([again.hash, again.references.mixture]).toEqual([hash, mixture])
  })

  it('end a fit that other data take the place of', async () => {
    const { data } = opened()
    await data.open({ ...BARS, rows: { train: 20_000, valid: 2000, test: 2000 } })
    const fit = data.fitMixture({ components: 400, seed: 1 })
    const fitFails = expectFailure(() => fit, 'cancelled')
    await expectFailure(() => data.fitMixture({ components: 2, seed: 1 }), 'busy')
    await data.open(BARS)
    await fitFails
    await expectFailure(() => opened().data.fitMixture({ components: 2, seed: 1 }), 'not-found')
  })
})

describe('a file that is read otherwise', () => {
  it('keeps what was decided of its rows and of columns of the same names, and offers its encodings', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'words.csv')
    const lines = Array.from({ length: 40 }, (_, row) => `${row},é${row % 3},${row % 2 === 0 ? 'yes' : 'no'}`)
    await writeFile(path, Buffer.from(`size,word,class\n${lines.join('\n')}\n`, 'latin1'))
    const { source, table } = await data.open(file(path))
    if (source.kind !== 'file' || source.preparation === null) throw new Error('no file')
    expect([table?.readAs.encoding, table?.label, table?.columns.length]).toEqual(['windows-1252', 'class', 2])
    expect(data.encodings()[0]).toEqual({ name: 'windows-1252', lines: ['0,é0,yes', '1,é1,no', '2,é2,yes'] })
    const preparation = { ...source.preparation, omitted: [1], missing: 'drop' as const, numberBits: 3 }
    const otherwise = await data.open({ ...source, preparation, reading: { label: null } })
    expect(otherwise.source).toMatchObject({
      reading: { label: null },
      preparation: { omitted: [1], missing: 'drop', numberBits: 3, label: null },
    })
    expect([otherwise.table?.label, otherwise.table?.columns.length]).toEqual([null, 3])
    // A run on the same file has its own way of reading it.
    const forRun = await data.forRun(source)
    expect([forRun.source, forRun.labels?.name]).toEqual([source, 'class'])
  })
})

describe('a file of which too little is left for a model', () => {
  it('is open, says why, and trains nothing until it is read otherwise', async () => {
    const { data } = opened()
    const path = join(await temporaryFolder(), 'names.csv')
    await writeFile(path, `id,name\n${Array.from({ length: 40 }, (_, row) => `${row},n${row}`).join('\n')}\n`)
    const { source, columns, tooFew, table, notes } = await data.open(file(path))
    expect([columns, tooFew?.code]).toEqual([0, 'invalid-data'])
    expect(tooFew?.message.english).toContain(
      '“id” is left out because it counts the rows. The column “name” is left out because',
    )
    expect(table?.leftOut.map(({ name, use }) => [name, use])).toEqual([
      ['id', 'numbers'],
      ['name', 'words'],
    ])
    expect(notes.map(({ english }) => english).join(' ')).toContain('“Use it”')
    expect([tooFew?.message, tooFew?.hint, ...notes].map((one) => one?.english).join(' ')).not.toContain('--')
    await expectFailure(() => data.forRun(source), 'invalid-data', /^No column is left/)
    if (source.kind !== 'file') throw new Error('no file')
    const otherwise = await data.open({ ...source, reading: { words: ['name'] } })
    expect([otherwise.columns, otherwise.tooFew?.message.english]).toEqual([
      40,
      expect.stringMatching(/^Only one column is left, where a model needs at least 2\./),
    ])
  })
})

describe('data of which a label is learnt', () => {
  /** Pictures of 2×3 greys, and their kinds. */
  async function pictures(): Promise<string> {
    const folder = await temporaryFolder()
    const greys = Uint8Array.from({ length: 60 * 6 }, (_, i) => (i * 37) % 256)
    await writeFile(join(folder, 'small-images-idx3-ubyte'), idx([60, 2, 3], greys))
    const kinds = Uint8Array.from({ length: 60 }, (_, i) => i % 3)
    await writeFile(join(folder, 'small-labels-idx1-ubyte'), idx([60], kinds))
    return folder
  }

  async function openedBoth(path: string): Promise<{ data: OpenData; without: DataSummary; learnt: DataSummary }> {
    const { data } = opened()
    const without = await data.open(file(path))
    if (without.source.kind !== 'file' || !without.source.preparation) throw new Error('no preparation')
    const preparation = { ...without.source.preparation, learnsLabel: true }
    return { data, without, learnt: await data.open({ ...without.source, preparation }) }
  }

  it('are known and compared as the same rows where it is not learnt', async () => {
    const { without, learnt } = await openedBoth(await pictures())
    expect(without.references).not.toHaveProperty('withoutLabel')
    expect(learnt.hash).not.toBe(without.hash)
    expect(learnt.references.withoutLabel?.hash).toBe(without.hash)
    expect(learnt.references.withoutLabel?.independent).toBeCloseTo(without.references.independent, 10)
    expect(learnt.references.independent).toBeGreaterThan(without.references.independent)
    expect([without.columns, learnt.columns, learnt.leading]).toEqual([6, 9, [6]])
  })

  it('show the greys of their pictures as before', async () => {
    const { data, learnt } = await openedBoth(await pictures())
    const asked = { split: 'valid', start: 1, count: 3, view: 'grey', label: null } as const
    const page = data.rows(asked)
    const before = await data.open(file(learnt.table?.paths.at(0) ?? ''))
    expect(before.columns).toBe(6)
    expect(page).toEqual(data.rows(asked))
  })
})
