import type { readingText as english } from '../english/reading-text'
import type { Translation } from '../translation'

export const readingText: Translation<typeof english> = {}
