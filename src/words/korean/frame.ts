import type { frame as english } from '../english/frame'
import type { Translation } from '../translation'

export const frame: Translation<typeof english> = {}
