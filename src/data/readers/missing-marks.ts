/** What stands for "not known" wherever it stands. */
const CERTAIN = new Set([
  ...['', '?', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'NAN', 'null', 'NULL', 'Null', '<NA>', '(null)', '\\N'],
  ...['#N/A', '#N/A N/A', '#NA', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!'],
  ...['1.#QNAN', '-1.#IND', '1.#IND', '-1.#QNAN', '-nan', '-NaN', '+nan', '+NaN'],
])

/** The same in a column that holds numbers otherwise; in one of words they may be words like others. */
const AMONG_NUMBERS = new Set([
  ...['.', '..', '-', '--', '*', '**', '??', '???', 'na', 'Na', 'nil', 'Nil', 'NIL', 'none', 'None', 'NONE'],
  // eslint-disable-next-line words/catalogue -- as it stands in files
  ...['missing', 'Missing', 'MISSING', 'unknown', 'Unknown', 'UNKNOWN', 'not available', 'Not Available'],
])

/** Which fields stand for a value that is not known. */
export interface MissingMarks {
  /** Whether a number stands for it, so that no number can be taken for one without looking. */
  readonly hasNumbers: boolean
  /** In any column. */
  isCertain(text: string): boolean
  /** In a column whose other values are numbers. */
  isAmongNumbers(text: string): boolean
}

/** The marks that programs write, and those of a person. @param chosen stand for "not known" everywhere */
export function missingMarks(chosen: readonly string[] = []): MissingMarks {
  const own = new Set(chosen)
  return {
    hasNumbers: chosen.some((mark) => mark.trim() !== '' && Number.isFinite(Number(mark))),
    isCertain: (text) => CERTAIN.has(text) || own.has(text),
    isAmongNumbers: (text) => CERTAIN.has(text) || AMONG_NUMBERS.has(text) || own.has(text) || isInfinite(text),
  }
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Whether a field is a number without an end, which no model can learn: it is missing among numbers, and told. */
export function isInfinite(text: string): boolean {
  return /^[+-]?(inf(inity)?|1\.#INF)$/i.test(text) || (PLAIN_NUMBER.test(text) && !Number.isFinite(Number(text)))
}

/** Whether a field, as it stands in a sample, says that a value is not known. */
export function isMissingMark(text: string): boolean {
  return CERTAIN.has(text)
}
