import type { readingArrays as english } from '../english/reading-arrays'
import type { Translation } from '../translation'

export const readingArrays: Translation<typeof english> = {}
