import type { computing as english } from '../english/computing'
import type { Translation } from '../translation'

export const computing: Translation<typeof english> = {}
