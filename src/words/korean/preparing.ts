import type { preparing as english } from '../english/preparing'
import type { Translation } from '../translation'

export const preparing: Translation<typeof english> = {}
