import type { runsView as english } from '../english/runs-view'
import type { Translation } from '../translation'

export const runsView: Translation<typeof english> = {}
