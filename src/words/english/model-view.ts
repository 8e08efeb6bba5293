/** The view Model. Keys begin with `draft.` */
export const modelView = {} as const
