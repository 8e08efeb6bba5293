/** The view Settings. Keys begin with `settings.` */
export const settingsView = {} as const
