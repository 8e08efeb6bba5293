import type { dataView as english } from '../english/data-view'
import type { Translation } from '../translation'

export const dataView: Translation<typeof english> = {}
