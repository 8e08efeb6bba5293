import type { ReadingChoices } from '../reading-choices'
import type { ColumnBuilder } from './column-builder'
import { FieldReader } from './field'
import { rowTargets } from './row-targets'
import type { TableBuilder } from './table-builder'

/** What a cell of a record may be: what JSON and workbooks have. */
export type RecordValue = string | number | boolean | null

/** So many records are looked at before it is decided what their fields are. */
const SAMPLE = 200

/** Puts records with named fields into a table: a field that a record lacks is missing there. */
export class RecordRows {
  private sample: ReadonlyMap<string, RecordValue>[] | null = []
  private readonly targets = new Map<string, ColumnBuilder | null>()
  private labelName: string | null = null
  private readonly fields: FieldReader

  /**
   * @param file what it is called in sentences
   * @param names of the fields, where they are known beforehand, in their order
   */
  constructor(
    private readonly file: string,
    private readonly builder: TableBuilder,
    private readonly choices: ReadingChoices,
    private readonly names: readonly string[] = [],
  ) {
    this.fields = new FieldReader(false, builder.marks, builder.marksFound)
  }

  add(record: ReadonlyMap<string, RecordValue>): void {
    if (this.sample === null) return this.put(record)
    this.sample.push(record)
    if (this.sample.length === SAMPLE) this.begin()
  }

  /** All records were added. */
  end(): void {
    if (this.sample !== null) this.begin()
  }

  private begin(): void {
    const sample = this.sample ?? []
    this.sample = null
    const names = [...new Set([...this.names, ...sample.flatMap((record) => [...record.keys()])])]
    if (names.length > 0) {
      const rows = sample.map((record) => names.map((name) => textOf(record.get(name) ?? null)))
      const columns = {
        file: this.file,
        header: names,
        width: names.length,
        roles: null,
        hasRowNames: false,
        sample: rows,
      }
      const { columns: targets, hasLabels } = rowTargets(columns, this.builder, this.choices)
      names.forEach((name, i) => {
        const target = targets[i]
        this.targets.set(name, target)
        if (hasLabels && target !== null && !this.builder.columns.includes(target)) this.labelName = name
      })
    }
    for (const record of sample) this.put(record)
  }

  private put(record: ReadonlyMap<string, RecordValue>): void {
    const row = this.builder.rows
    for (const name of record.keys()) if (!this.targets.has(name)) this.targets.set(name, this.lateColumn(name))
    for (const [name, column] of this.targets) if (column !== null) this.cell(column, row, record.get(name) ?? null)
    this.builder.endRow(this.labelName !== null)
  }

  /** A field that none of the first records has. */
  private lateColumn(name: string): ColumnBuilder {
    const column = this.builder.addColumn(name)
    for (let row = 0; row < this.builder.rows; row++) column.setMissing(row)
    return column
  }

  private cell(column: ColumnBuilder, row: number, value: RecordValue): void {
    if (value === null) column.setMissing(row)
    else if (typeof value === 'string') this.fields.readText(column, row, value.trim())
    else if (typeof value === 'boolean') column.setNumber(row, Number(value))
    else if (Number.isFinite(value)) column.setNumber(row, value)
    else this.fields.readText(column, row, String(value))
  }
}

function textOf(value: RecordValue): string {
  return value === null ? '' : typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
}
