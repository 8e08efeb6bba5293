import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { sliceImages, type GreyImages } from './grey-images'
import { readIdxImages, readIdxLabels } from './readers/idx'
import { bySplit, type Split } from './split'

/** The built-in files, gzipped IDX: images and labels of the 60,000 and of the 10,000 digits. */
export const MNIST_FILES = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
] as const

export const MNIST_PICTURE = { width: 28, height: 28 } as const
const TRAIN_FILE_ROWS = 60_000
const TEST_FILE_ROWS = 10_000
const VALID_ROWS = 10_000
/** More than any of the files unpacks to: a larger one is not MNIST. */
const MOST_BYTES = 64 * 1024 * 1024

const unpack = promisify(gunzip)

/** One part of MNIST, in the order of the files. */
export interface MnistPart {
  readonly images: GreyImages
  /** The digit 0..9 of each picture. */
  readonly labels: Uint8Array
  /** The number of its first picture: 0..59,999 in the training file, 60,000..69,999 in the test file. */
  readonly firstNumber: number
}

/** The built-in MNIST of one folder. The files are read once, at first use; the greys are then kept. */
export class MnistSource {
  private loading: Promise<Record<Split, MnistPart>> | undefined

  constructor(readonly folder: string) {}

  /**
   * The greys and labels: 50,000 training, 10,000 validation (the last of the training file) and 10,000 test digits.
   * A failure is not kept: the next call reads again.
   * @throws StudioError 'not-found', 'unreadable-file' or 'damaged-file'
   */
  async parts(): Promise<Record<Split, MnistPart>> {
    this.loading ??= readMnist(this.folder)
    try {
      return await this.loading
    } catch (thrown) {
      this.loading = undefined
      throw thrown
    }
  }
}

async function readMnist(folder: string): Promise<Record<Split, MnistPart>> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(
    MNIST_FILES.map((name) => readGzip(folder, name)),
  )
  const train = digits(trainImages, trainLabels, TRAIN_FILE_ROWS, MNIST_FILES[0], MNIST_FILES[1])
  const test = digits(testImages, testLabels, TEST_FILE_ROWS, MNIST_FILES[2], MNIST_FILES[3])
  const ranges = { train: [0, TRAIN_FILE_ROWS - VALID_ROWS], valid: [TRAIN_FILE_ROWS - VALID_ROWS, TRAIN_FILE_ROWS] }
  return bySplit((split) => {
    if (split === 'test') return { ...test, firstNumber: TRAIN_FILE_ROWS }
    const [start, end] = ranges[split]
    return {
      images: sliceImages(train.images, start, end),
      labels: train.labels.subarray(start, end),
      firstNumber: start,
    }
  })
}

async function readGzip(folder: string, name: string): Promise<Uint8Array> {
  let packed: Uint8Array
  try {
    packed = await readFile(join(folder, name))
  } catch (cause) {
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new StudioError(
      absent ? 'not-found' : 'unreadable-file',
      absent ? say('source.mnist.absent', { folder }) : say('source.mnist.unreadable', { folder }),
      say('source.mnist.hint'),
      { cause },
    )
  }
  try {
    return await unpack(packed, { maxOutputLength: MOST_BYTES })
  } catch (cause) {
    throw damagedMnist(say('source.mnist.packed', { file: name }), cause)
  }
}

function digits(
  imageBytes: Uint8Array,
  labelBytes: Uint8Array,
  rows: number,
  imageFile: string,
  labelFile: string,
): { images: GreyImages; labels: Uint8Array } {
  const images = readIdxImages(imageBytes, imageFile)
  const labels = readIdxLabels(labelBytes, labelFile)
  const { width, height } = MNIST_PICTURE
  if (images.rows !== rows || images.width !== width || images.height !== height)
    throw damagedMnist(
      say('source.mnist.pictures', {
        file: imageFile,
        rows: images.rows,
        width: images.width,
        height: images.height,
      }),
    )
  if (labels.length !== rows) throw damagedMnist(say('source.mnist.labels', { file: labelFile, rows: labels.length }))
  return { images, labels }
}

/** @param why a clause that follows a colon, without its full stop */
function damagedMnist(why: Sentence, cause?: unknown): StudioError {
  return new StudioError('damaged-file', say('source.mnist.damaged', { why }), say('source.mnist.hint'), { cause })
}
