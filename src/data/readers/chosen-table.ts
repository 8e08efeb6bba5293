import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { toReadOther } from '../deciding'
import { nearest } from './nearest'
import type { TableBuilder } from './table-builder'

const MOST_LISTED = 8

/**
 * Which of the tables of a file is read: the chosen one, by its name or its number from 1, or the usual one, or the first,
 * which is told if there are several.
 * @param usual is taken if it is there and nothing is chosen
 * @returns undefined where the file has none
 * @throws StudioError 'invalid-settings' for one that is not there
 */
export function chosenOf(
  tables: readonly string[],
  file: string,
  chosen: string | undefined,
  usual: string | undefined,
  builder: TableBuilder,
): string | undefined {
  const table = chosenName(tables, file, chosen, usual)
  if (table === undefined) return undefined
  if (tables.length > 1 && chosen === undefined)
    builder.notes.add({
      says: say('read.text.several-tables', { name: file, count: tables.length, tables: listOf(tables), table }),
      advice: toReadOther('table'),
    })
  if (tables.length > 1) builder.readAs ??= { sheet: table }
  builder.sheets = tables
  return table
}

/** The one that is meant, or the first. @throws StudioError 'invalid-settings' for one that is not there */
function chosenName(
  tables: readonly string[],
  file: string,
  chosen: string | undefined,
  usual: string | undefined,
): string | undefined {
  if (chosen === undefined) return usual !== undefined && tables.includes(usual) ? usual : tables[0]
  return tableNamed(tables, file, chosen)
}

/** The table that a person means by its name, or its number from 1. @throws StudioError 'invalid-settings' */
export function tableNamed(tables: readonly string[], file: string, chosen: string): string {
  const found = tables.includes(chosen) ? chosen : /^\d+$/.test(chosen) ? tables[Number(chosen) - 1] : undefined
  if (found !== undefined) return found
  throw new StudioError(
    'invalid-settings',
    say('read.text.no-table', { name: file, table: chosen }),
    tables.length === 0
      ? say('read.text.no-table.none')
      : say('read.text.no-table.named', { tables: nearest(chosen, tables) }),
  )
}

/** Their names in words, of many only some. */
export function listOf(tables: readonly string[]): string {
  return tables.slice(0, MOST_LISTED).join(', ') + (tables.length > MOST_LISTED ? ', …' : '')
}
