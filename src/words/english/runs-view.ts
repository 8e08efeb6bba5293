/** The view Runs. Keys begin with `list.` */
export const runsView = {} as const
