import type { runs as english } from '../english/runs'
import type { Translation } from '../translation'

export const runs: Translation<typeof english> = {}
