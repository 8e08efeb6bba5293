import { sentenceOf, type Advice, type Text } from '../base/advice'
import { say } from '../words/say'
import type { LeftOut } from './table'

/** A name as it is typed on a command line, in a list of names. */
export function optionValue(name: string): string {
  if (/^[\p{L}\p{N}_.-]+$/u.test(name)) return name
  return name.includes(',') ? `'"${name}"'` : `"${name}"`
}

/** How a column that was left out is used all the same; null if it cannot. */
export function toUseColumn({ name, use }: LeftOut): Advice | null {
  if (use === null) return null
  const column = optionValue(name)
  return {
    window: say('read.advice.use'),
    options: use === 'words' ? say('read.advice.use.words', { column }) : say('read.advice.use.numbers', { column }),
  }
}

/** How a column that was taken for the label is used as one like others. */
export const TO_USE_LABEL: Advice = {
  window: say('read.advice.use-label'),
  options: say('read.advice.use-label.option'),
}

/** How words between the numbers of a column keep their meaning. */
export function toKeepWords(column: string): Advice {
  return {
    window: say('read.advice.keep-words'),
    options: say('read.advice.keep-words.option', { column: optionValue(column) }),
  }
}

/** How dates are read with the day, or the month, first. */
export function toReadDates(dayFirst: boolean): Advice {
  const first = dayFirst ? 'day' : 'month'
  return { window: say('read.advice.dates', { first }), options: say('read.advice.dates.option', { first }) }
}

/** How text is read in another encoding than was found. */
export const TO_READ_ENCODING: Advice = {
  window: say('read.advice.encoding'),
  options: say('read.advice.encoding.option'),
}

/** How only the first row is read as names, where those of several were joined. */
export const TO_READ_ONE_HEADER: Advice = {
  window: say('read.advice.one-header'),
  options: say('read.advice.one-header.option'),
}

/** How another sheet of a workbook, or table of a database, is read. */
export function toReadOther(what: 'sheet' | 'table'): Advice {
  return { window: say('read.advice.other', { what }), options: say('read.advice.other.option') }
}

/** How lines that were left out above or between the rows are read. */
export function toReadLines(kind: 'above' | 'remarks'): Advice {
  const option = kind === 'above' ? '--skip 0' : '--comment ""'
  return { window: say('read.advice.lines'), options: say('read.advice.lines.option', { option }) }
}

/** How rows and columns change places. @param others what else the examples may be: "its 56 rows" */
export function toTurn(others: Text, transpose: boolean): Advice {
  const option = transpose ? '--transpose' : '--no-transpose'
  return {
    window: say('read.advice.turn', { others: sentenceOf(others), turns: transpose ? 'yes' : 'no' }),
    options: say('read.advice.turn.option', { others: sentenceOf(others), option }),
  }
}
