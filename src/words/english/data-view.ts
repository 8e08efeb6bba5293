/** The view Data. Keys begin with `data.` */
export const dataView = {} as const
