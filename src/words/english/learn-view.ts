/** The view Learn. Keys begin with `learn.` */
export const learnView = {} as const
