/** The glossary. Keys begin with `term.` */
export const glossary = {} as const
