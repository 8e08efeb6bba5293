/** Reading files that store a table by its columns: Arrow, Parquet. Keys begin with `read.array.columns.` */
export const readingArraysColumns = {
  // Arrow.
  'read.array.columns.none': '{name} has no columns.',
  'read.array.columns.many': '{name} has {columns, number} columns.',
  'read.array.columns.many.hint': 'Choose fewer columns.',
  'read.array.columns.arrow-too-large': 'The Arrow file {name} takes too much memory or time.',
  'read.array.columns.arrow-too-large.hint': 'Save it as Parquet, which is read in pieces.',
  'read.array.columns.arrow-unreadable': 'it cannot be read',
  'read.array.columns.arrow-rows': 'it cannot have {rows} rows',
  'read.array.columns.arrow-piece': 'it has a piece that does not unpack to what it says',
  'read.array.columns.arrow-dictionary': 'it has no dictionary for a column',
  'read.array.columns.arrow-kind': 'it has values of a kind that is not read',
  'read.array.columns.arrow-short': 'it has a column that is shorter than it says',
  // Columns that are left out, and why.
  'read.array.columns.not-plain': 'The column “{column}” holds no plain values and was left out.',
  'read.array.columns.not-plain.why': 'there are no plain values in there',
  'read.array.columns.lists': 'The column “{column}” holds lists of several lengths and was left out.',
  'read.array.columns.lists.why': 'there are lists of several lengths in there',
  'read.array.columns.not-everywhere': 'The column “{column}” of {file} is in no file before it and was left out.',
  'read.array.columns.not-everywhere.why': 'not all files have it',
  'read.array.columns.beside-pictures': 'The column “{column}” was left out beside the pictures.',
  'read.array.columns.beside-pictures.why': 'it stands beside pictures',
  // Their values.
  'read.array.columns.dates':
    'Dates in the column {column} of {file} that lie outside the years 1 to 9999 are missing.',
  'read.array.columns.list-length':
    'A list in the column {column} of {file} has {values, plural, one {# value} other {# values}} where the first has {first, number} (row {row}).',
  'read.array.columns.list-length.hint': 'All lists of a column must have the same length.',
  'read.array.columns.picture': 'in row {row} of {file}',
  'read.array.columns.no-picture': 'Row {row} of {file} has no picture.',
  'read.array.columns.no-picture.hint': 'Leave that row out, or choose another file.',
} as const
