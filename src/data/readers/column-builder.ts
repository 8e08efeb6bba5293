import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { stepOf, unitOf, writtenDateNumber, type DateFormat } from '../dates'
import { MOST_WORDS, type Column } from '../table'
import type { NumberDress } from './dressed-numbers'

type NumberArray = Uint8Array | Int16Array | Int32Array | Float64Array

/** Words between the numbers of a column: the number from 1 of each row's in `words`, or 0. */
interface Strays {
  codes: Uint8Array
  readonly words: string[]
  /** How many of the words are no marks for missing values. */
  unmarked: number
}

/** What was made of words between the numbers of a column: they are missing values there. */
export interface TakenForMissing {
  readonly column: string
  readonly holds: 'numbers' | 'dates'
  readonly words: readonly string[]
  readonly rows: number
  /** Whether all of them are marks that programs write for missing values. */
  readonly areMarks: boolean
}

/** How a column is stored so far; it widens from one to the next as its values ask for it. */
type Store =
  | { readonly kind: 'bits'; words: Uint32Array }
  | { readonly kind: 'numbers'; values: NumberArray }
  | { readonly kind: 'categories'; codes: Uint16Array; readonly codeOf: Map<string, number>; wordLength: number }
  | { readonly kind: 'text' }

/** Rows that a column has room for at first; a multiple of 32. */
const FIRST_ROWS = 256
/** Words of more characters than this in all are text, not categories. */
const MOST_WORD_LENGTH = 4 * 1024 * 1024
/** A column of numbers may hold so many kinds of words that are no marks; with more it is one of words, unless they are rare. */
const MOST_UNMARKED = 2
const [MOST_RARE_UNMARKED, RARE_SHARE] = [10, 0.05]
const MOST_STRAYS = 64
/** Words that are no marks are missing values only among so many different numbers. */
const MANY_NUMBERS = 10

/** What the columns of a table may still take, in bytes. */
export class MemoryBudget {
  constructor(private left: number) {}

  /** @throws StudioError 'too-large' */
  take(bytes: number): void {
    this.left -= bytes
    if (this.left < 0) throw new StudioError('too-large', say('read.text.memory'), say('read.text.memory.hint'))
  }
}

/**
 * One column while it is read, row by row from the top; what it holds is found out on the way. A row that is skipped
 * holds 0, or the first word.
 */
export class ColumnBuilder {
  private store: Store = { kind: 'bits', words: new Uint32Array(FIRST_ROWS / 32) }
  private missingWords: Uint32Array | null = null
  private strays: Strays | null = null
  /** Where it is declared that the column holds numbers, words are missing values however many they are. */
  private isDeclaredNumeric = false
  /** Whether what the column holds was not declared by the file or a person. */
  private isGuessed = true
  private dateFormat: DateFormat | null = null
  private numberDress: NumberDress | null = null

  constructor(
    readonly name: string,
    private readonly budget: MemoryBudget,
    /** Whether a word stands for a missing value where the other values are numbers. */
    private readonly isMark: (word: string) => boolean = () => false,
  ) {
    budget.take(FIRST_ROWS / 8 + 100)
  }

  /** Fixes the column to categories whose words are known beforehand, in that order; one that comes again counts once. */
  declareWords(words: readonly string[]): void {
    this.store = { kind: 'categories', codes: new Uint16Array(FIRST_ROWS), codeOf: new Map(), wordLength: 0 }
    for (const word of words) if (word !== '') this.codeOf(word)
  }

  /** The format of the dates that the column holds; they are numbers of `dateNumber`. */
  get dates(): DateFormat | null {
    return this.dateFormat
  }

  /** The column holds dates; what is none is missing. */
  declareDates(format: DateFormat): void {
    this.dateFormat = format
    this.isDeclaredNumeric = true
  }

  /** How the numbers of the column are written, where they are in a dress. */
  get dress(): NumberDress | null {
    return this.numberDress
  }

  /** The column holds numbers in a dress; what is none is missing. */
  declareDress(dress: NumberDress): void {
    this.numberDress = dress
    this.isDeclaredNumeric = true
  }

  /** Fixes what the column holds, whatever its values look like. */
  declareKind(kind: 'numbers' | 'words' | 'text'): void {
    if (kind === 'words') this.declareWords([])
    else if (kind === 'text') this.store = { kind: 'text' }
    else {
      this.isDeclaredNumeric = true
      this.isGuessed = false
    }
  }

  /** Whether the file or a person says that the column holds numbers: 007 is 7 there, and no code. */
  get isOfNumbers(): boolean {
    return this.isDeclaredNumeric && !this.isGuessed
  }

  get isNumeric(): boolean {
    return this.store.kind === 'bits' || this.store.kind === 'numbers'
  }

  /** Row `row` holds 0. */
  setZero(row: number): void {
    if (this.store.kind === 'categories') this.setWord(row, '0')
  }

  /** Row `row` holds 1. */
  setOne(row: number): void {
    const { store } = this
    if (store.kind !== 'bits') {
      this.setNumber(row, 1)
      return
    }
    const word = row >>> 5
    if (word >= store.words.length) store.words = this.grown(store.words, word)
    store.words[word] |= 1 << (row & 31)
  }

  /** @param value finite @param word how it is written, where that is not what `String` gives */
  setNumber(row: number, value: number, word?: string): void {
    const { store } = this
    switch (store.kind) {
      case 'bits':
        if (value === 0) return this.setZero(row)
        if (value === 1) return this.setOne(row)
        this.store = { kind: 'numbers', values: this.numbersOf(store.words, row, narrowest(value)) }
        return this.setNumber(row, value)
      case 'numbers':
        if (value === 0) return
        if (row >= store.values.length) store.values = this.grown(store.values, row)
        store.values[row] = value
        if (store.values[row] !== value) this.widen(store, row, value)
        return
      case 'categories':
        return this.setWord(row, word ?? String(value))
      case 'text':
        return
    }
  }

  /** @param word not empty; a number in words must be in the form that `String` gives it */
  setWord(row: number, word: string): void {
    if (this.isNumeric) {
      if (this.isStray(row, word)) return
      this.becomeCategories(row)
    }
    const code = this.codeOf(word)
    const { store } = this
    if (code === null || store.kind !== 'categories') return
    if (row >= store.codes.length) store.codes = this.grown(store.codes, row)
    store.codes[row] = code
  }

  /** The code of a word among those of the column, to which it is added; null where it holds text, or does so from now on. */
  private codeOf(word: string): number | null {
    const { store } = this
    if (store.kind !== 'categories') return null
    const known = store.codeOf.get(word)
    if (known !== undefined) return known
    store.wordLength += word.length
    if (store.codeOf.size === MOST_WORDS || store.wordLength > MOST_WORD_LENGTH) {
      this.store = { kind: 'text' }
      return null
    }
    this.budget.take(2 * word.length + 64)
    const code = store.codeOf.size
    store.codeOf.set(word, code)
    return code
  }

  /** Notes a word in a column that may be one of numbers. @returns whether it still may be */
  private isStray(row: number, word: string): boolean {
    this.strays ??= { codes: new Uint8Array(FIRST_ROWS), words: [], unmarked: 0 }
    const { strays } = this
    let code = strays.words.indexOf(word) + 1
    if (code === 0) {
      const isUnmarked = !this.isMark(word) && this.isGuessed
      const isWord = strays.unmarked === MOST_RARE_UNMARKED || (HAS_DIGIT.test(word) && !IS_BOUND.test(word))
      if (isUnmarked && !this.isDeclaredNumeric && isWord) return false
      if (strays.words.length === MOST_STRAYS) return this.isDeclaredNumeric && this.isMissingFrom(row)
      code = strays.words.push(word)
      if (isUnmarked) strays.unmarked++
    }
    if (row >= strays.codes.length) strays.codes = this.grown(strays.codes, row)
    strays.codes[row] = code
    return true
  }

  private isMissingFrom(row: number): true {
    this.setMissing(row)
    return true
  }

  /**
   * Decides what words between numbers are: missing values of a column of numbers, or, if there are as many of them as
   * numbers, all are words.
   * @param rows of the column
   */
  private settle(rows: number): TakenForMissing | null {
    const { strays } = this
    if (strays === null || !this.isNumeric) return null
    const count = strays.codes.subarray(0, rows).reduce((sum, code) => sum + Number(code > 0), 0)
    const isMajority =
      this.isDeclaredNumeric ||
      (rows - this.missingRows(rows) > 2 * count &&
        (strays.unmarked === 0 || (this.areFew(strays, count, rows) && this.hasManyNumbers(rows))))
    if (!isMajority) {
      this.becomeCategories(rows)
      return null
    }
    for (let row = 0; row < Math.min(rows, strays.codes.length); row++) if (strays.codes[row] > 0) this.setMissing(row)
    this.strays = null
    const holds = this.dateFormat === null ? 'numbers' : 'dates'
    return { column: this.name, holds, words: strays.words, rows: count, areMarks: strays.unmarked === 0 }
  }

  /** Whether words that are no marks are few enough to be missing values. */
  private areFew({ unmarked }: Strays, count: number, rows: number): boolean {
    return unmarked <= MOST_UNMARKED || count <= RARE_SHARE * (rows - this.missingRows(rows))
  }

  private missingRows(rows: number): number {
    let count = 0
    for (let row = 0; row < rows; row++) count += ((this.missingWords?.[row >>> 5] ?? 0) >>> (row & 31)) & 1
    return count
  }

  private hasManyNumbers(rows: number): boolean {
    if (this.store.kind !== 'numbers') return false
    const found = new Set<number>()
    for (let row = 0; row < Math.min(rows, this.store.values.length); row++) {
      if ((this.strays?.codes[row] ?? 0) === 0) found.add(this.store.values[row])
      if (found.size > MANY_NUMBERS) return true
    }
    return false
  }

  setMissing(row: number): void {
    this.missingWords ??= new Uint32Array(FIRST_ROWS / 32)
    const word = row >>> 5
    if (word >= this.missingWords.length) this.missingWords = this.grown(this.missingWords, word)
    this.missingWords[word] |= 1 << (row & 31)
  }

  /** The words of a column of zeros and ones of which none is missing; otherwise null. May be shorter than the rows. */
  get plainBits(): Uint32Array | null {
    return this.store.kind === 'bits' && this.missingWords === null && this.strays === null ? this.store.words : null
  }

  /** The column, cut to its rows. @param told hears what was made of words between its numbers */
  finish(rows: number, told: (what: TakenForMissing) => void = () => undefined): Column {
    const taken = this.settle(rows)
    if (taken) told(taken)
    const { name, store } = this
    const bitWords = Math.ceil(rows / 32)
    const missing = this.missingWords && sized(this.missingWords, bitWords)
    switch (store.kind) {
      case 'bits':
        return { name, missing, kind: 'bits', words: sized(store.words, bitWords) }
      case 'numbers': {
        const values = sized(store.values, rows)
        if (this.dateFormat) return datesColumn(name, missing, values, this.dateFormat)
        return values instanceof Float64Array
          ? { name, missing, kind: 'numbers', values }
          : { name, missing, kind: 'integers', values }
      }
      case 'categories':
        return { name, missing, kind: 'categories', codes: sized(store.codes, rows), words: [...store.codeOf.keys()] }
      case 'text':
        return { name, missing, kind: 'text' }
    }
  }

  /** The same values with room for index `at`, and as much again. */
  private grown<T extends NumberArray | Uint16Array | Uint32Array>(values: T, at: number): T {
    const length = Math.max(at + 1, 2 * values.length)
    this.budget.take((length - values.length) * values.BYTES_PER_ELEMENT)
    return sized(values, length)
  }

  private numbersOf(bits: Uint32Array, rows: number, template: NumberArray): NumberArray {
    const values = this.grown(template, Math.max(FIRST_ROWS, rows) - 1)
    for (let row = 0; row < Math.min(rows, 32 * bits.length); row++) values[row] = (bits[row >>> 5] >>> (row & 31)) & 1
    return values
  }

  /** The value did not fit: takes the narrowest array that holds it and all before it. */
  private widen(store: Extract<Store, { kind: 'numbers' }>, row: number, value: number): void {
    const { values } = store
    const wanted = narrowest(value)
    // An Int16Array holds every Uint8: width alone decides, except that a fraction needs doubles.
    const template = wanted.BYTES_PER_ELEMENT > values.BYTES_PER_ELEMENT ? wanted : new Float64Array(0)
    const wider = this.grown(template, values.length - 1)
    wider.set(values.subarray(0, row))
    wider[row] = value
    store.values = wider
  }

  private becomeCategories(row: number): void {
    const { store } = this
    this.store = {
      kind: 'categories',
      codes: new Uint16Array(Math.max(FIRST_ROWS, row)),
      codeOf: new Map(),
      wordLength: 0,
    }
    this.budget.take(2 * row)
    const { strays } = this
    this.strays = null
    for (let earlier = 0; earlier < row; earlier++) {
      const stray = strays?.codes[earlier] ?? 0
      if (strays && stray > 0) {
        this.setWord(earlier, strays.words[stray - 1])
        continue
      }
      if (this.missingWords && ((this.missingWords[earlier >>> 5] ?? 0) >>> (earlier & 31)) & 1) continue
      const value =
        store.kind === 'bits'
          ? ((store.words[earlier >>> 5] ?? 0) >>> (earlier & 31)) & 1
          : store.kind === 'numbers'
            ? (store.values[earlier] ?? 0)
            : 0
      this.setWord(earlier, this.dateFormat ? writtenDateNumber(value, this.dateFormat) : String(value))
    }
  }
}

/** A column of dates in their own unit, `[rows]`. */
function datesColumn(name: string, missing: Uint32Array | null, values: NumberArray, format: DateFormat): Column {
  const unit = unitOf(values, format)
  const steps = Float64Array.from(values, (value) => value / stepOf(unit))
  const most = steps.reduce((largest, step) => Math.max(largest, Math.abs(step)), 0)
  const dates = { unit, format }
  return most < 2 ** 31 && steps.every(Number.isInteger)
    ? { name, missing, kind: 'integers', values: Int32Array.from(steps), dates }
    : { name, missing, kind: 'numbers', values: steps, dates }
}

const HAS_DIGIT = /\d/
/** A number that is known to be beyond a bound alone: <0.5. */
const IS_BOUND = /^[<>≤≥~]\s?[\d.,]+$/

/** An empty array of the narrowest kind that holds a number. */
function narrowest(value: number): NumberArray {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 31) return new Float64Array(0)
  if (value >= 0 && value <= 255) return new Uint8Array(0)
  return value >= -32768 && value <= 32767 ? new Int16Array(0) : new Int32Array(0)
}

/** The first values, with zeros behind them where there are fewer. */
function sized<T extends NumberArray | Uint16Array | Uint32Array>(values: T, length: number): T
function sized(
  values: NumberArray | Uint16Array | Uint32Array,
  length: number,
): NumberArray | Uint16Array | Uint32Array {
  if (length <= values.length) return values.slice(0, length)
  const longer = emptyLike(values, length)
  longer.set(values)
  return longer
}

function emptyLike(
  values: NumberArray | Uint16Array | Uint32Array,
  length: number,
): NumberArray | Uint16Array | Uint32Array {
  if (values instanceof Uint8Array) return new Uint8Array(length)
  if (values instanceof Int16Array) return new Int16Array(length)
  if (values instanceof Uint16Array) return new Uint16Array(length)
  if (values instanceof Int32Array) return new Int32Array(length)
  return values instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length)
}
