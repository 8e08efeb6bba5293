/** Numbers, times and sizes. Keys begin with `number.` */
export const numbers = {} as const
