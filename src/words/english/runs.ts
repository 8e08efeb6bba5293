/** Runs, their files and their training. Keys begin with `run.` */
export const runs = {} as const
