import type { settingsView as english } from '../english/settings-view'
import type { Translation } from '../translation'

export const settingsView: Translation<typeof english> = {}
