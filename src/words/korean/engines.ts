import type { engines as english } from '../english/engines'
import type { Translation } from '../translation'

export const engines: Translation<typeof english> = {}
