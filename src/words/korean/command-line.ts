import type { commandLine as english } from '../english/command-line'
import type { Translation } from '../translation'

export const commandLine: Translation<typeof english> = {}
