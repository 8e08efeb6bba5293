import type { Separator } from '../reading-choices'
import { isNumberOrMissing } from './field'
import { allRows, type SampleRow } from './sample-rows'

/** So many lines at the end of a file are looked at. */
const MOST_LINES = 12
/** What programs and people call the last row of a table that sums up the others. */
const TOTAL =
  /^(grand |sub)?(totals?|sum|average|mean|합 ?계|총 ?계|소 ?계|계|전체|평균|合 ?計|総計|小計|合计|总计|小计|平均|gesamt|insgesamt|summe|total général|suma|totale)\.?:?$/i

/**
 * The line, from 0, from which on what stands in a file is no row but lies below its table: sources, notes, how many rows there
 * are. Such a line has fewer fields than a row and none of them is a number, or only its first field is filled, with what no row has there.
 * @param text of the whole file
 * @param width the number of fields of a row
 * @param rows of the table, as far as they were looked at
 */
export function footOf(text: string, separator: Separator, width: number, rows: readonly SampleRow[]): number | null {
  if (width < 3 || separator === 'blank' || separator === 'none') return null
  const lines = text.replace(/\n+$/, '').split('\n')
  const first = Math.max(0, lines.length - MOST_LINES)
  const tail = allRows(lines.slice(first).join('\n'), separator, 0)
  const known = new Set(rows.filter(({ fields }) => !isLonely(fields)).map(({ fields }) => fields[0]))
  const isFoot = ({ fields }: SampleRow): boolean => {
    const [start = ''] = fields
    if (fields.every((field) => field === '')) return true
    if (start === '' || isNumberOrMissing(start)) return false
    if (fields.length < width) return !fields.some((field) => field !== '' && isNumberOrMissing(field))
    return fields.length === width && isLonely(fields) && !known.has(start)
  }
  const row = tail.findLastIndex((one) => !isFoot(one)) + 1
  return row === 0 || row === tail.length ? null : first + tail[row].line
}

/** Whether only the first field is filled. */
function isLonely(fields: readonly string[]): boolean {
  return fields.slice(1).every((field) => field === '')
}

/** What the last of some rows is called, if that says that it sums up the others; null if not. */
export function totalIn(rows: readonly (readonly string[])[]): string | null {
  const last = rows.at(-1) ?? []
  const at = last.findIndex((field) => field !== '' && !isNumberOrMissing(field))
  const name = last[at] ?? ''
  const decoded = Buffer.from(name, 'latin1').toString('utf8')
  return TOTAL.test(decoded) && rows.filter((row) => row[at] === name).length === 1 ? decoded : null
}
