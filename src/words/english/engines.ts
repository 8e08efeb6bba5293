/** Engines. Keys begin with `engine.` */
export const engines = {} as const
