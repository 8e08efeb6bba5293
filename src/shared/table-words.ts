import { inTurn, sentenceOf } from '../base/advice'
import type { Language } from '../words/languages'
import { saidInPieces, say, type Sentence } from '../words/say'
import { columnIn } from './column-title'
import { encodingWords, type Separator } from './data-source'
import type { ColumnKind, LeftOut, TableSummary } from './table-summary'

/** What can be decided otherwise of how a table was read; in the messages, the tags round what says it. */
const ASPECTS = [
  'separator',
  'encoding',
  'head',
  'decimal',
  'sheet',
  'direction',
  'columns',
  'label',
  'missing',
] as const
export type Aspect = (typeof ASPECTS)[number]

/** A piece of the paragraph that says what was understood of a file, and what of it can be changed; null: nothing. */
export interface Phrase {
  readonly text: string
  readonly aspect: Aspect | null
}

const FIELDS: Readonly<Record<Separator, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  blank: 'blank',
  none: 'none',
}
const KINDS = ['categories', 'numbers', 'dates', 'bits'] as const satisfies readonly ColumnKind[]
/** So many columns that are left out are named. */
const MOST_NAMED = 3

/** What was understood of a file, as one paragraph in pieces; its columns are called as in the window. */
export function tableInPhrases(table: TableSummary, language: Language): Phrase[] {
  const aspects = ASPECTS.filter((aspect) => aspect !== 'direction' || table.readAs.transpose !== undefined)
  const tags = Object.fromEntries(aspects.map((aspect) => [aspect, (text: string): Phrase => ({ text, aspect })]))
  const titled = {
    ...table,
    // Where the file has names, “label” is what it says.
    label: table.readAs.header === true ? table.label : table.label && columnIn(language, table.label),
    leftOut: table.leftOut.map((column) => ({ ...column, name: columnIn(language, column.name) })),
  }
  return tableInWords(titled).flatMap((sentence, i): Phrase[] => [
    ...(i > 0 ? [plain(' ')] : []),
    ...saidInPieces(language, sentence, tags).map((piece) => (typeof piece === 'string' ? plain(piece) : piece)),
  ])
}

/** The same as text. */
export function tableText(table: TableSummary): Sentence {
  return tableInWords(table).reduce((before, next) => inTurn(before, next))
}

function tableInWords(table: TableSummary): Sentence[] {
  const isOfColumns = table.values === 'columns'
  return [
    layout(table),
    ...(isOfColumns ? kindsOf(table) : []),
    ...leftOutIn(table.leftOut),
    ...labelIn(table),
    ...(isOfColumns ? [missingIn(table)] : []),
  ]
}

function layout({ rows, width, beside, values, readAs, isOfPictureFiles }: TableSummary): Sentence {
  const { separator, encoding, header, skip = 0, decimal, sheet, transpose } = readAs
  return say('table.layout', {
    kind: isOfPictureFiles ? 'pictures' : values,
    rows,
    columns: values === 'grey' ? width : width + beside,
    hasSheet: sheet === undefined ? 'no' : 'yes',
    sheetName: sheet ?? '',
    fields: separator === undefined ? 'unsaid' : FIELDS[separator],
    hasText: encoding === undefined ? 'no' : 'yes',
    text: encodingWords(encoding ?? ''),
    point: decimal === ',' ? 'comma' : 'usual',
    firstRow: header === undefined ? 'unsaid' : header ? 'names' : 'data',
    skip,
    isTurned: transpose === true ? 'yes' : 'no',
  })
}

function kindsOf({ kinds }: TableSummary): Sentence[] {
  const used = KINDS.filter((kind) => kinds[kind] > 0)
  const listed = used.map((kind, i) =>
    i === 0
      ? say('table.kinds.first', { kind, columns: kinds[kind] })
      : say('table.kinds.next', { kind, columns: kinds[kind] }),
  )
  return listed.length > 0 ? [say('table.kinds', { kinds: listed })] : []
}

function leftOutIn(leftOut: readonly LeftOut[]): Sentence[] {
  const byReason = new Map<string | null, { readonly why: Sentence | null; readonly columns: string[] }>()
  for (const { name, why } of leftOut) {
    const reason = why === null ? null : sentenceOf(why)
    const known = byReason.get(reason?.english ?? null)
    if (known) known.columns.push(name)
    else byReason.set(reason?.english ?? null, { why: reason, columns: [name] })
  }
  return [...byReason.values()].map(({ why, columns }) => {
    const others = columns.length - MOST_NAMED
    const names = [
      ...columns.slice(0, MOST_NAMED).map((name) => `“${name}”`),
      ...(others > 0 ? [say('table.left-out.more', { count: others })] : []),
    ]
    const count = columns.length
    return why === null
      ? say('table.left-out.chosen', { names, count })
      : say('table.left-out.because', { names, count, why })
  })
}

function labelIn({ values, label }: TableSummary): Sentence[] {
  if (label !== null) return [say('table.label', { name: label })]
  return values === 'columns' ? [say('table.label.none')] : []
}

function missingIn({ missing: { cells, marks } }: TableSummary): Sentence {
  return cells === 0 || marks.length === 0
    ? say('table.missing', { cells })
    : say('table.missing.written', { cells, marks: marks.map((mark) => `“${mark}”`) })
}

function plain(text: string): Phrase {
  return { text, aspect: null }
}
