/** Reading files of text: delimited, ARFF, JSON, LIBSVM and the like. Keys begin with `read.text.` */
export const readingText = {} as const
