/** The process that computes, and main. Keys begin with `compute.` */
export const computing = {} as const
