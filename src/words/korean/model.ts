import type { model as english } from '../english/model'
import type { Translation } from '../translation'

export const model: Translation<typeof english> = {}
