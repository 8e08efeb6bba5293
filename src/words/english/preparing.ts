/** Preparing data: columns, labels, rows, splits, and what was understood of a table. Keys begin with `prepare.` */
export const preparing = {} as const
