/** The command line. Keys begin with `cli.` */
export const commandLine = {} as const
