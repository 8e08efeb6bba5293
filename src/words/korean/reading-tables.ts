import type { readingTables as english } from '../english/reading-tables'
import type { Translation } from '../translation'

export const readingTables: Translation<typeof english> = {}
