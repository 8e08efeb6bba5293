import type { Draws } from '../draws'

/** Words and marks that mean something to one reader of text or another. */
const WORDS = [
  '', '0', '1', '-1', '+1', '00', '0.5', '.5', '5.', '-0', '1e5', '1E-400', '1e999', '-1e999', '0x10', '1_000', '1,5', '1.234,5', '1,234',
  '12345678901234567890', '9007199254740993', '2147483648', '-2147483649', '65535', '65536', '65537', '999999999', 'inf', '-Infinity', 'nan', 'NaN',
  '?', 'NA', 'N/A', 'null', 'NULL', 'true', 'False', 'yes', '2024-02-30', 'label', 'class', 'y', 'target', 'pixel0', 'column 1', '__proto__',
  'constructor', 'toString', 'hasOwnProperty', '"', '""', '"a,b"', '"a\nb"', '"never closed', "'", "'a b'", '\\', '\\n', '#', '%', '|', '# remark',
  '@relation r', '@attribute a numeric', '@attribute b {x,y}', '@attribute c {0,1}', '@attribute class {1,2,3}', '@attribute d string',
  '@attribute e date', '@data', '{', '}', '{0 1}', '{1 x, 3 y}', '{}', '1:1', '0:1', '2:0.5', '65536:1', '65537:1', '3:1 2:1', 'qid:3', '1:', ':1',
  '+1 1:1 3:1', 'é', 'ß', '日本', '😀', '\ufeff', '\u0000', '\u00a0', '\u2028', '…'.repeat(20), 'x'.repeat(300), '0101', '01 10',
].map(asBytes) // prettier-ignore
const SEPARATORS = [',', ';', '\t', '|', ' ', '  ', ' , ', ''] as const
const LINE_ENDS = ['\n', '\r\n', '\r', '\n\n', '\n \n'] as const

type Change = (lines: string[], other: readonly string[], draws: Draws) => string[]

/** A text with one character for each byte of its UTF-8. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** Changes one thing in a text of one character for each byte: its lines, the fields of a line, or how it is written. */
export function changeText(text: string, other: string, draws: Draws): string {
  const separatorBefore = mostFrequent(text)
  if (draws.chance(0.08)) return text.replaceAll(separatorBefore, draws.pick(SEPARATORS))
  if (draws.chance(0.06)) return text.replaceAll(/\r?\n/g, draws.pick(LINE_ENDS))
  if (draws.chance(0.03)) return text.replaceAll('.', ',')
  if (draws.chance(0.03)) return text.replace(/\r?\n$/, '')
  return draws.pick(LINE_CHANGES)(text.split('\n'), other.split('\n'), draws).join('\n')
}

const LINE_CHANGES: readonly Change[] = [
  changeField,
  changeField,
  changeField,
  // A line twice, not at all, elsewhere, or from another text.
  (lines, _other, draws) => lines.toSpliced(draws.below(lines.length + 1), 0, draws.pick(lines)),
  (lines, _other, draws) => lines.toSpliced(draws.below(lines.length), draws.times(4)),
  (lines, other, draws) => lines.toSpliced(draws.below(lines.length + 1), 0, draws.pick(other)),
  (lines, _other, draws) => {
    const [from, to] = [draws.below(lines.length), draws.below(lines.length)]
    return lines.toSpliced(from, 1).toSpliced(to, 0, lines[from])
  },
  // A word as a line of its own.
  (lines, _other, draws) => lines.toSpliced(draws.below(lines.length + 1), 0, draws.pick(WORDS)),
  // The same column in many lines.
  (lines, _other, draws) => {
    const separator = mostFrequent(lines.join('\n'))
    const column = draws.below((lines[0] ?? '').split(separator).length)
    const word = draws.pick(WORDS)
    return lines.map((line) => (line === '' ? line : line.split(separator).toSpliced(column, 1, word).join(separator)))
  },
]

/** One field of one line becomes another word, is doubled, or goes. */
function changeField(lines: string[], other: readonly string[], draws: Draws): string[] {
  const at = draws.below(lines.length)
  const separator = mostFrequent(lines[at])
  const fields = lines[at].split(separator)
  const column = draws.below(fields.length)
  const borrowed = draws.pick(draws.pick(other).split(separator))
  const changed = draws.pick([
    fields.toSpliced(column, 1, draws.pick(WORDS)),
    fields.toSpliced(column, 1, draws.pick(WORDS)),
    fields.toSpliced(column, 1, borrowed),
    fields.toSpliced(column, 1),
    fields.toSpliced(column, 0, fields[column]),
    fields.toSpliced(column, 1, `"${fields[column]}"`),
    fields.toSpliced(column, 1, ` ${fields[column]} `),
    fields.toSpliced(column, 1, `${fields[column]}${draws.pick(WORDS)}`),
    [...fields, ''],
  ])
  return lines.toSpliced(at, 1, changed.join(separator))
}

/** What seems to separate the fields of a text. */
function mostFrequent(text: string): string {
  const counts = [',', ';', '\t', '|', ' '].map((mark) => ({ mark, count: text.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}
