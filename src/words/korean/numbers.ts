import type { numbers as english } from '../english/numbers'
import type { Translation } from '../translation'

export const numbers: Translation<typeof english> = {}
