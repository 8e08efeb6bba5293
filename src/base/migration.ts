import { sentenceOf, type Text } from './advice'
import { quoted, StudioError } from './failure'

/** What is read from a file of JSON, before anything is known of it. */
export type Fields = Readonly<Record<string, unknown>>

/** One step from a version of a file to the next: pure, and without trust in what the file holds. */
export type Migration = (old: Fields) => Fields

/**
 * Brings what was read from a file to the newest version, of which a schema says whether it is right. A file that names no
 * version is of the first.
 * @param steps from version 1 to 2, from 2 to 3, and so on: the newest version is one more than there are steps
 * @param what the file in words, as in “the settings of MADE Studio”
 * @returns what was read where it is no object of fields
 * @throws StudioError 'newer-version' if a later MADE Studio wrote it
 */
export function migrated(read: unknown, steps: readonly Migration[], what: Text): unknown {
  if (!isFields(read)) return read
  const { version = 1 } = read
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return read
  const newest = steps.length + 1
  if (version > newest)
    throw new StudioError(
      'newer-version',
      `A newer MADE Studio has written ${sentenceOf(what).english}: version ${quoted(version)}, of which this one reads up to ${newest}.`,
      'Nothing was changed. Update MADE Studio to use it.',
    )
  return { ...steps.slice(version - 1).reduce((fields, step) => step(fields), read), version: newest }
}

/** A step for what is inside of a field; what is not there, or is no object of fields, stays as it is. */
export function inField(name: string, step: Migration): Migration {
  return (old) => {
    const inner = old[name]
    return isFields(inner) ? { ...old, [name]: step(inner) } : old
  }
}

/** Whether a value is an object of fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
