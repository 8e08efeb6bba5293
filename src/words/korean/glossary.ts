import type { glossary as english } from '../english/glossary'
import type { Translation } from '../translation'

export const glossary: Translation<typeof english> = {}
