import type { learnView as english } from '../english/learn-view'
import type { Translation } from '../translation'

export const learnView: Translation<typeof english> = {}
