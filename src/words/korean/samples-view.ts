import type { samplesView as english } from '../english/samples-view'
import type { Translation } from '../translation'

export const samplesView: Translation<typeof english> = {}
