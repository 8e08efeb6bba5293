import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { binarize } from './binarization'
import type { BitMatrix } from './bit-matrix'
import { withFile } from './file-source'
import { MNIST_PICTURE, MnistSource } from './mnist'
import { readNpz } from './npz'
import type { Binarization, DataSource } from './source'
import { bySplit, SPLITS, type Split } from './split'

/** An opened data set: binary rows in three parts and what is known about them. */
export interface DataSet {
  readonly name: string
  readonly source: DataSource
  /** D */
  readonly columns: number
  /** The shape in which a row is looked at; null if rows are not pictures. */
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly splits: Readonly<Record<Split, BitMatrix>>
  /** The class of each row. */
  readonly labels?: Readonly<Record<Split, Uint8Array>>
  /** The grey values that the bits come from, `[rows, columns]`, 0 (paper) to 255 (ink). */
  readonly grey?: Readonly<Record<Split, Uint8Array>>
  /** SHA-256 in hex over the sizes and the packed bits of the three parts. */
  readonly hash: string
}

/** Where the built-in MNIST is: its folder, or a source that keeps what it has read for the next opening. */
export type DataPlaces = { readonly mnistFolder: string } | { readonly mnist: MnistSource }

/**
 * Opens a data set. MNIST is binarized anew at each call; with a `MnistSource` its files are read only once.
 * @throws StudioError 'not-found', 'unreadable-file', 'unknown-format', 'damaged-file', 'invalid-data', 'too-large' or
 * 'invalid-settings'
 */
export async function openDataSet(source: DataSource, places: DataPlaces): Promise<DataSet> {
  switch (source.kind) {
    case 'mnist':
      return openMnist(
        source,
        source.binarization,
        'mnist' in places ? places.mnist : new MnistSource(places.mnistFolder),
      )
    case 'npz':
      return openNpz(source, source.path)
  }
}

async function openMnist(source: DataSource, binarization: Binarization, mnist: MnistSource): Promise<DataSet> {
  const parts = await mnist.parts()
  const splits = bySplit((split) => binarize(parts[split].images, binarization, parts[split].firstNumber))
  return {
    name: 'MNIST',
    source,
    columns: splits.train.columns,
    picture: MNIST_PICTURE,
    splits,
    labels: bySplit((split) => parts[split].labels),
    grey: bySplit((split) => parts[split].images.pixels),
    hash: hashOf(splits),
  }
}

async function openNpz(source: DataSource, path: string): Promise<DataSet> {
  const splits = await withFile(path, readNpz)
  const { columns } = splits.train
  return { name: nameOf(path), source, columns, picture: pictureOf(columns), splits, hash: hashOf(splits) }
}

/** A file is known by its name, or by its folder's where its own says nothing. */
function nameOf(path: string): string {
  return basename(path) === 'data.npz' ? basename(dirname(path)) : basename(path)
}

/** Rows as long as an MNIST digit are pictures of its shape; any other length may be anything, square or not. */
function pictureOf(columns: number): DataSet['picture'] {
  return columns === MNIST_PICTURE.width * MNIST_PICTURE.height ? MNIST_PICTURE : null
}

function hashOf(splits: Readonly<Record<Split, BitMatrix>>): string {
  const hash = createHash('sha256')
  for (const split of SPLITS) {
    const { rows, columns, words } = splits[split]
    hash.update(`${split} ${rows} ${columns}\n`)
    hash.update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
  }
  return hash.digest('hex')
}
