import type { modelView as english } from '../english/model-view'
import type { Translation } from '../translation'

export const modelView: Translation<typeof english> = {}
