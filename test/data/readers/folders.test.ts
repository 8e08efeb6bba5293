import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { expectFailure } from '../../base/expect-failure'
import { labelWords, partRows, readFiles, rowsOfTable, sentencesOf } from './table-values'

/** A picture of 2×2 pixels, one of them grey. */
function picture(grey: number): string {
  return `P2\n2 2\n255\n${grey} 100 255 0\n`
}

/** What `readFiles` reads as a folder. */
function folder(files: Readonly<Record<string, string>>): Record<string, string> {
  return { '.': '', ...files }
}

/** Which picture each row is, by its first pixel, with its label. */
function rowsAndLabels(table: Awaited<ReturnType<typeof readFiles>>): (string | number | null)[][] {
  const labels = labelWords(table)
  return rowsOfTable(table).map(([ink], row) => [ink, labels[row]])
}

describe('the labels of pictures', () => {
  const pictures = { 'img2.pgm': picture(2), 'img10.pgm': picture(10), 'sub/img3.pgm': picture(3) }

  it.each([
    ['a column beside their names', 'labels.csv', 'filename,label\nimg2.pgm,cat\nimg10.pgm,dog\nsub/img3.pgm,cat\n'],
    ['a column of another name', 'train.csv', 'id,breed\nimg10,dog\nimg3,cat\nimg2,cat\n'],
    [
      'a column called so among others',
      'all.tsv',
      'n\timage\tclass\n1\timg2.pgm\tcat\n2\timg3.pgm\tcat\n3\timg10.pgm\tdog\n',
    ],
    ['names and labels without a header', 'list.txt', 'img10.pgm dog\nimg2.pgm cat\nsub/img3.pgm cat\n'],
    ['a line for each', 'labels.txt', 'cat\ndog\ncat\n'],
    ['a line for each below a header', 'y.csv', 'label\ncat\ndog\ncat\n'],
  ])('are found in a file: %s', async (_how, name, text) => {
    for (const files of [folder({ ...pictures, [name]: text }), zipOf({ ...pictures, [name]: text })]) {
      const table = await readFiles(files)
      expect(rowsAndLabels(table)).toEqual([[2, 'cat'], [10, 'dog'], [3, 'cat']]) // prettier-ignore
      expect(sentencesOf(table)).toEqual([
        expect.stringContaining(`The labels of the pictures were taken from "${name}", `),
      ])
    }
  })

  it('that are not of these pictures, or of which nothing says which they are, are left out and told', async () => {
    for (const [name, text] of [
      ['other.csv', 'filename,label\nx1.pgm,cat\nx2.pgm,dog\nx3.pgm,cat\n'],
      ['several.csv', 'filename,red,green\nimg2.pgm,1,0\nimg10.pgm,0,1\nimg3.pgm,0,0\n'],
      ['labels.csv', 'cat\ndog\ncat\ndog\n'],
    ]) {
      const table = await readFiles(folder({ ...pictures, [name]: text }))
      expect(sentencesOf(table)).toEqual([`The folder holds 1 file beside its pictures that was left out: "${name}".`])
    }
  })

  it('are told to be missing where the file names only some', async () => {
    const table = await readFiles(
      folder({ ...pictures, 'labels.csv': 'filename,label\nimg2.pgm,cat\nimg10.pgm,dog\n' }),
    )
    expect(labelWords(table)).toEqual(['cat', 'dog', null])
    expect(sentencesOf(table)).toContain('One picture has no label there.')
  })

  it('are those of each part where each has a file', async () => {
    const table = await readFiles(
      folder({
        'train/1.pgm': picture(1),
        'train/2.pgm': picture(2),
        'train/labels.txt': 'a\nb\n',
        'test/1.pgm': picture(3),
        'test.csv': 'name,label\n1.pgm,b\n',
      }),
    )
    expect(partRows(table)).toEqual({ train: 2, test: 1 })
    // "1.pgm" is the name of two pictures: only a path would say which is meant.
    expect(rowsAndLabels(table)).toEqual([[1, 'a'], [2, 'b'], [3, null]]) // prettier-ignore
    expect(sentencesOf(table)).toContain('The folder holds 1 file beside its pictures that was left out: "test.csv".')
  })

  it('are nested folders, each of them a class', async () => {
    const names = ['Greek/character01', 'Greek/character02', 'Latin/character01']
    const files = Object.fromEntries(
      names.flatMap((name) => [0, 1].map((i) => [`images/${name}/${i}.pgm`, picture(i)])),
    )
    expect((await readFiles(folder(files))).labels?.words).toEqual(names)
  })
})

describe('a folder of folders', () => {
  const rows = 'a,b\n1,0\n0,1\n1,1\n'

  it('called train, valid and test is one set', async () => {
    const table = await readFiles(
      folder({
        'train/data.csv': rows,
        'valid/data.csv': 'a,b\n1,1\n',
        'test/data.csv': 'a,b\n0,0\n0,1\n',
        'README.md': 'words',
      }),
    )
    expect(partRows(table)).toEqual({ train: 3, valid: 1, test: 2 })
    expect(table.paths.map((path) => path.split('/').slice(-2).join('/'))).toEqual(['train/data.csv', 'valid/data.csv', 'test/data.csv']) // prettier-ignore
  })

  it('called otherwise holds several sets', async () => {
    await expectFailure(
      () => readFiles(folder({ 'red/data.csv': rows, 'blue/data.csv': rows })),
      'invalid-data',
      /holds several data sets: "blue\/data\.csv", "red\/data\.csv"/,
    )
  })
})

it('labels of a table of text that are in another file are told to be left out', async () => {
  const table = await readFiles({ 'x_train.csv': 'a,b\n1,0\n0,1\n1,1\n', 'y_train.csv': 'y\n1\n0\n1\n' })
  expect(sentencesOf(table)).toContain(
    'The file y_train.csv, which may hold the labels of x_train.csv, was left out. Put them into a column of x_train.csv called label.',
  )
})

function zipOf(files: Readonly<Record<string, string>>): Record<string, Uint8Array> {
  const encoded = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]),
  )
  return { 'all.zip': zipSync(encoded) }
}
