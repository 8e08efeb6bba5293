/** The view Samples. Keys begin with `samples.` */
export const samplesView = {} as const
