/** The view Train. Keys begin with `train.` */
export const trainView = {} as const
