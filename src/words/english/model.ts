/** The model, its file and its settings. Keys begin with `model.` */
export const model = {} as const
