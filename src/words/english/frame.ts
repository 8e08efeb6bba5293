/** The frame of the window: rail, status line, menu, messages, parts. Keys begin with `frame.` */
export const frame = {} as const
