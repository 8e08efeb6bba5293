import { sentenceOf, type Advice, type Text } from '../base/advice'
import type { LeftOut } from './table'

/** A name as it is typed on a command line, in a list of names. */
export function optionValue(name: string): string {
  if (/^[\p{L}\p{N}_.-]+$/u.test(name)) return name
  return name.includes(',') ? `'"${name}"'` : `"${name}"`
}

/** Where in the window it is said, and can be changed, how a file was read. */
const PARAGRAPH = 'click on what the paragraph at the top says of'

/** How a column that was left out is used all the same; null if it cannot. */
export function toUseColumn({ name, use }: LeftOut): Advice | null {
  if (use === null) return null
  const how = use === 'words' ? 'by its values' : 'by its size'
  const option = use === 'words' ? '--categorical' : '--numeric'
  return {
    window: `To use it, ${PARAGRAPH} it, and choose “Use it”.`,
    options: `To use it, read it ${how} (${option} ${optionValue(name)}).`,
  }
}

/** How a column that was taken for the label is used as one like others. */
export const TO_USE_LABEL: Advice = {
  window: `To use it as a column, ${PARAGRAPH} the label, and choose “No column”.`,
  options: 'To use it as a column, say that none is the label (--no-label).',
}

/** How words between the numbers of a column keep their meaning. */
export function toKeepWords(column: string): Advice {
  return {
    window: 'If they mean something, choose “Each value” for the column in the list “Columns”.',
    options: `If they mean something, read the column by its values (--categorical ${optionValue(column)}).`,
  }
}

/** How another sheet of a workbook, or table of a database, is read. @param what "sheet" or "table" */
export function toReadOther(what: string): Advice {
  return {
    window: `To read another, ${PARAGRAPH} the ${what}.`,
    options: 'To read another, name it (--sheet).',
  }
}

/** How lines that were left out above or between the rows are read. */
export function toReadLines(kind: 'above' | 'remarks'): Advice {
  const option = kind === 'above' ? '--skip 0' : '--comment ""'
  return {
    window: `If something there is data, ${PARAGRAPH} the first row.`,
    options: `If something there is data, say that it is read (${option}).`,
  }
}

/** How rows and columns change places. @param which what else the examples may be: "its 56 rows" */
export function toTurn(which: Text, transpose: boolean): Advice {
  const others = sentenceOf(which).english
  return {
    window: `If ${others} are, ${PARAGRAPH} rows and columns, and choose “${transpose ? 'On its side' : 'As it is'}”.`,
    options: `If ${others} are, let them change places (${transpose ? '--transpose' : '--no-transpose'}).`,
  }
}
