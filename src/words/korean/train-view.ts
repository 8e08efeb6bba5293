import type { trainView as english } from '../english/train-view'
import type { Translation } from '../translation'

export const trainView: Translation<typeof english> = {}
