import { StudioError } from '../../base/failure'
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

const R_HINT = 'In R: write.csv(x, "x.csv", row.names = FALSE), where x is the table.'
const NETCDF_HINT = 'Save it as NetCDF-4, which is HDF5: nccopy -k nc4 old.nc new.nc.'
const AS_PNG = 'Save the pictures as PNG.'

/** Beginnings of files that people have and that are not read: what they are, and what to do. */
const NOT_READ: readonly (readonly [start: readonly number[], what: string, hint: string])[] = [
  [
    letters('FEA1'),
    'a Feather file of version 1',
    'In Python, save it again: pandas.read_feather("…").to_feather("…"), or as Parquet; in R: arrow::write_feather(x, "…").',
  ],
  [letters('$FL2'), 'an SPSS file', 'In SPSS, save it as CSV; in R: write.csv(haven::read_sav("…"), "…csv").'],
  [
    letters('$FL3'),
    'a compressed SPSS file',
    'In SPSS, save it as CSV; in R: write.csv(haven::read_sav("…"), "…csv").',
  ],
  [
    letters('<stata_dta>'),
    'a Stata file',
    'In Stata: export delimited using "….csv"; in R: write.csv(haven::read_dta("…"), "…csv").',
  ],
  [
    letters('HEADER RECORD*******LIB'),
    'a SAS transport file',
    'In SAS, export it as CSV; in R: write.csv(haven::read_xpt("…"), "…csv").',
  ],
  [
    [...Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60],
    'a SAS file',
    'In SAS, export it as CSV; in R: write.csv(haven::read_sas("…"), "…csv").',
  ],
  [letters('RDX3'), 'data of R', R_HINT],
  [letters('RDX2'), 'data of R', R_HINT],
  [letters('RDA3'), 'data of R', R_HINT],
  [letters('RDA2'), 'data of R', R_HINT],
  [letters('X\n\0\0\0'), 'an object of R (.rds)', R_HINT],
  [letters('A\n3\n'), 'an object of R (.rds)', R_HINT],
  [letters('A\n2\n'), 'an object of R (.rds)', R_HINT],
  [letters('CDF\x01'), 'a NetCDF file of the classic kind', NETCDF_HINT],
  [letters('CDF\x02'), 'a NetCDF file of the classic kind', NETCDF_HINT],
  [letters('Obj\x01'), 'an Avro file', 'Save the table as Parquet or CSV.'],
  [letters('RIFF'), 'a sound or a film', 'Choose a file of data.'],
  [[0x49, 0x49, 0x2a, 0], 'a TIFF picture that is damaged or of a kind that is not read', AS_PNG],
  [[0x4d, 0x4d, 0, 0x2a], 'a TIFF picture that is damaged or of a kind that is not read', AS_PNG],
  [[0x80, 0x02], 'a Python pickle, which may run programs when it is opened', 'Save the arrays with numpy.savez.'],
  [[0x80, 0x03], 'a Python pickle, which may run programs when it is opened', 'Save the arrays with numpy.savez.'],
  [[0x80, 0x04], 'a Python pickle, which may run programs when it is opened', 'Save the arrays with numpy.savez.'],
  [[0x80, 0x05], 'a Python pickle, which may run programs when it is opened', 'Save the arrays with numpy.savez.'],
  [[0x1f, 0x8b, 8], 'compressed twice', 'Unpack it first.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'compressed twice', 'Unpack it first.'],
  [[0x42, 0x5a, 0x68], 'compressed twice', 'Unpack it first.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed twice', 'Unpack it first.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive', 'Unpack it first.'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive', 'Unpack it first.'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Choose a file of data.'],
]
const TAR_MARK_AT = 257

/** The hint that names what is read. */
export const FORMATS_HINT =
  'Formats that are read: CSV and other tables of text, Excel and OpenDocument workbooks, JSON, Parquet, Arrow (Feather), SQLite, HDF5, MATLAB, .npy and .npz, IDX, LIBSVM, ARFF, Matrix Market, lists of items, and pictures in a folder, a zip or a tar file.'

/**
 * Recognises the format of a file by what is in it, not by its name.
 * @param columns the names of the columns that it is read for, where a model says them
 * @throws StudioError 'unknown-format'
 */
export function detectFormat(content: Content, columns: ReadonlySet<string> | null = null): Format {
  const { head, name } = content
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'zip'
  if (startsWith(head, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])) return 'npy'
  if (looksLikeMat(head)) return 'mat'
  if (looksLikeHdf5(head)) return 'hdf5'
  if (looksLikeParquet(head)) return 'parquet'
  if (looksLikeArrow(head)) return 'arrow'
  if (pictureHeader(head)) return 'picture'
  if (looksLikeOldWorkbook(head)) return 'old-workbook'
  if (looksLikeSqlite(head)) return 'sqlite'
  if (looksLikeOldMat(head))
    throw new StudioError(
      'unknown-format',
      `The file ${name} is a MATLAB file of version 4.`,
      'In MATLAB, save it again with -v7.',
    )
  if (looksLikeDbase(head))
    throw new StudioError(
      'unknown-format',
      `The file ${name} is a dBase file.`,
      'Open it in Excel or LibreOffice and save it as CSV; in R: write.csv(foreign::read.dbf("…"), "….csv").',
    )
  const known = NOT_READ.find(([start]) => startsWith(head, start))
  if (known) throw new StudioError('unknown-format', `The file ${name} is ${known[1]}.`, known[2])
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
  throw new StudioError('unknown-format', `The file ${name} is in no format that MADE Studio reads.`, FORMATS_HINT)
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
    throw new StudioError(
      'unknown-format',
      `The file ${content.name} is XML, which is not read.`,
      'Save the table in it as CSV; Excel and R (package xml2) open it.',
    )
  if (/^<(!doctype|!--|\?xml|[a-z][a-z0-9]*(\s[^<>]*)?\/?>)/i.test(start))
    throw new StudioError(
      'unknown-format',
      `The file ${content.name} is a web page, not data.`,
      'Download the file itself; its page often has a button for that. Excel opens a page with a table in it and saves it as CSV.',
    )
  if (/^version https:\/\/git-lfs/.test(start))
    throw new StudioError(
      'unknown-format',
      `The file ${content.name} only points to data that are stored elsewhere (Git LFS).`,
      'Fetch the data with "git lfs pull", or download the file itself.',
    )
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
