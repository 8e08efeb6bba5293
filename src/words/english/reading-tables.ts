/** Reading workbooks, databases, Parquet, archives, and what all readers say. Keys begin with `read.table.` */
export const readingTables = {} as const
