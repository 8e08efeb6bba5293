import { StudioError } from '../../base/failure'
import { say, type MessageKey } from '../../words/say'
import { looksLikeArff } from './arff'
import { looksLikeArrow } from './arrow-file'
import type { Content } from './content'
import { looksLikeHdf5 } from './hdf5-file'
import { jsonKind } from './json'
import { looksLikeLibsvm } from './libsvm'
import { looksLikeMat, looksLikeOldMat } from './mat'
import { looksLikeMatrixMarket } from './matrix-market'
import { looksLikeParquet } from './parquet'
import { pictureHeader } from './picture-file'
import { looksLikeSqlite } from './sqlite'
import { looksLikeText, sampleText } from './text-blocks'
import { transactionSeparator } from './transactions'
import { looksLikeOldWorkbook } from './workbook'

export type Format =
  | 'idx'
  | 'npy'
  | 'zip'
  | 'mat'
  | 'parquet'
  | 'hdf5'
  | 'arrow'
  | 'old-workbook'
  | 'sqlite'
  | 'tar'
  | 'picture'
  | 'arff'
  | 'libsvm'
  | 'matrix-market'
  | 'transactions'
  | 'json'
  | 'json-lines'
  | 'text'

/** What a file begins with that is a text. */
const letters = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0))

type UnreadKey = Extract<MessageKey, `read.text.unread.${string}`>
/** What a file is that is not read: its sentence has a `name`. */
type Unread = Exclude<UnreadKey, UnreadHint>
type UnreadHint =
  | Extract<UnreadKey, `${string}.hint`>
  | 'read.text.unread.choose-data'
  | 'read.text.unread.unpack'
  | 'read.text.unread.formats'

/** Beginnings of files that people have and that are not read: what they are, and what to do. */
const NOT_READ: readonly {
  readonly starts: readonly (readonly number[])[]
  readonly says: Unread
  readonly hint: UnreadHint
}[] = [
  { starts: [letters('FEA1')], says: 'read.text.unread.feather', hint: 'read.text.unread.feather.hint' },
  { starts: [letters('$FL2')], says: 'read.text.unread.spss', hint: 'read.text.unread.spss.hint' },
  { starts: [letters('$FL3')], says: 'read.text.unread.spss-packed', hint: 'read.text.unread.spss.hint' },
  { starts: [letters('<stata_dta>')], says: 'read.text.unread.stata', hint: 'read.text.unread.stata.hint' },
  {
    // eslint-disable-next-line words/catalogue -- as it stands in files
    starts: [letters('HEADER RECORD*******LIB')],
    says: 'read.text.unread.sas-transport',
    hint: 'read.text.unread.sas-transport.hint',
  },
  {
    starts: [[...Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60]],
    says: 'read.text.unread.sas',
    hint: 'read.text.unread.sas.hint',
  },
  {
    starts: ['RDX3', 'RDX2', 'RDA3', 'RDA2'].map(letters),
    says: 'read.text.unread.r',
    hint: 'read.text.unread.r.hint',
  },
  {
    starts: ['X\n\0\0\0', 'A\n3\n', 'A\n2\n'].map(letters),
    says: 'read.text.unread.rds',
    hint: 'read.text.unread.r.hint',
  },
  {
    starts: ['CDF\x01', 'CDF\x02'].map(letters),
    says: 'read.text.unread.netcdf',
    hint: 'read.text.unread.netcdf.hint',
  },
  { starts: [letters('Obj\x01')], says: 'read.text.unread.avro', hint: 'read.text.unread.avro.hint' },
  { starts: [letters('RIFF')], says: 'read.text.unread.media', hint: 'read.text.unread.choose-data' },
  {
    starts: [
      [0x49, 0x49, 0x2a, 0],
      [0x4d, 0x4d, 0, 0x2a],
    ],
    says: 'read.text.unread.tiff',
    hint: 'read.text.unread.tiff.hint',
  },
  {
    starts: [
      [0x80, 0x02],
      [0x80, 0x03],
      [0x80, 0x04],
      [0x80, 0x05],
    ],
    says: 'read.text.unread.pickle',
    hint: 'read.text.unread.pickle.hint',
  },
  {
    starts: [
      [0x1f, 0x8b, 8],
      [0xfd, 0x37, 0x7a, 0x58, 0x5a],
      [0x42, 0x5a, 0x68],
      [0x28, 0xb5, 0x2f, 0xfd],
    ],
    says: 'read.text.unread.packed-twice',
    hint: 'read.text.unread.unpack',
  },
  {
    starts: [[0x37, 0x7a, 0xbc, 0xaf]],
    says: 'read.text.unread.seven-zip',
    hint: 'read.text.unread.unpack',
  },
  { starts: [[0x52, 0x61, 0x72, 0x21]], says: 'read.text.unread.rar', hint: 'read.text.unread.unpack' },
  { starts: [[0x25, 0x50, 0x44, 0x46]], says: 'read.text.unread.pdf', hint: 'read.text.unread.choose-data' },
]
const TAR_MARK_AT = 257

/** The hint that names what is read. */
export const FORMATS_HINT = say('read.text.unread.formats')

/**
 * Recognises the format of a file by what is in it, not by its name.
 * @param columns the names of the columns that it is read for, where a model says them
 * @throws StudioError 'unknown-format'
 */
export function detectFormat(content: Content, columns: ReadonlySet<string> | null = null): Format {
  const { head, name } = content
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'zip'
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff]))
    throw notRead(name, 'read.text.unread.utf-32', 'read.text.unread.utf-32.hint')
  if (startsWith(head, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])) return 'npy'
  if (looksLikeMat(head)) return 'mat'
  if (looksLikeHdf5(head)) return 'hdf5'
  if (looksLikeParquet(head)) return 'parquet'
  if (looksLikeArrow(head)) return 'arrow'
  if (pictureHeader(head)) return 'picture'
  if (looksLikeOldWorkbook(head)) return 'old-workbook'
  if (looksLikeSqlite(head)) return 'sqlite'
  if (looksLikeOldMat(head)) throw notRead(name, 'read.text.unread.old-matlab', 'read.text.unread.old-matlab.hint')
  if (looksLikeDbase(head)) throw notRead(name, 'read.text.unread.dbase', 'read.text.unread.dbase.hint')
  const known = NOT_READ.find(({ starts }) => starts.some((start) => startsWith(head, start)))
  if (known) throw notRead(name, known.says, known.hint)
  if (new TextDecoder('latin1').decode(head.subarray(TAR_MARK_AT, TAR_MARK_AT + 5)) === 'ustar') return 'tar'
  if (
    head[0] === 0 &&
    head[1] === 0 &&
    head.length >= 4 &&
    head[2] >= 8 &&
    head[2] <= 14 &&
    head[3] >= 1 &&
    head[3] <= 8
  )
    return 'idx'
  if (looksLikeText(head)) return textFormat(content, columns)
  throw notRead(name, 'read.text.unread.unknown', 'read.text.unread.formats')
}

/** Zip files that hold no data, by a file that is in them. @throws StudioError 'unknown-format' for one of them */
export function refuseDocument(name: string, files: readonly string[]): void {
  const holds = (pattern: RegExp): boolean => files.some((file) => pattern.test(file))
  if (holds(/^(word\/document\.xml|ppt\/presentation\.xml|Contents\/section0\.xml)$/))
    throw notRead(name, 'read.text.unread.document', 'read.text.unread.choose-data')
  if (holds(/\.iwa$/)) throw notRead(name, 'read.text.unread.numbers', 'read.text.unread.numbers.hint')
}

function notRead(name: string, says: Unread, hint: UnreadHint): StudioError {
  return new StudioError('unknown-format', say(says, { name }), say(hint))
}

/** A version, a day, and a length of the header that is 32 bytes for each column and 33 more. */
function looksLikeDbase(head: Uint8Array): boolean {
  const headerBytes = (head[8] ?? 0) | ((head[9] ?? 0) << 8)
  const isVersion = [0x03, 0x30, 0x31, 0x83, 0x8b, 0xf5].includes(head[0] ?? 0)
  const isDay = (head[2] ?? 0) >= 1 && (head[2] ?? 0) <= 12 && (head[3] ?? 0) >= 1 && (head[3] ?? 0) <= 31
  return isVersion && isDay && headerBytes > 32 && headerBytes % 32 === 1 && head[headerBytes - 1] === 0x0d
}

function textFormat(content: Content, columns: ReadonlySet<string> | null): Format {
  const sample = sampleText(content)
  const start = sample.trimStart().slice(0, 200)
  if (/^<\?xml/i.test(start) && !/<html/i.test(start))
    throw notRead(content.name, 'read.text.unread.xml', 'read.text.unread.xml.hint')
  if (/^<(!doctype|!--|\?xml|[a-z][a-z0-9]*(\s[^<>]*)?\/?>)/i.test(start))
    throw notRead(content.name, 'read.text.unread.page', 'read.text.unread.page.hint')
  if (/^version https:\/\/git-lfs/.test(start))
    throw notRead(content.name, 'read.text.unread.git-lfs', 'read.text.unread.git-lfs.hint')
  if (/^.{0,200}SPSS PORT FILE/s.test(start))
    throw notRead(content.name, 'read.text.unread.spss', 'read.text.unread.spss.hint')
  if (/^\{\s*"(cells|metadata|nbformat)"/.test(start) && /"nbformat"/.test(sample))
    throw notRead(content.name, 'read.text.unread.notebook', 'read.text.unread.choose-data')
  if (looksLikeArff(sample)) return 'arff'
  const json = jsonKind(sample)
  if (json !== null) return json
  if (looksLikeMatrixMarket(sample)) return 'matrix-market'
  if (looksLikeLibsvm(sample, content.isWhole)) return 'libsvm'
  return transactionSeparator(sample, content.isWhole, columns) === null ? 'text' : 'transactions'
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}
