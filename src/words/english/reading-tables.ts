/** What all readers say of files, tables, rows and columns. Keys begin with `read.table.` */
export const readingTables = {
  // Files
  'read.table.cancelled': 'Opening the data was cancelled.',
  'read.table.cancelled.hint': 'What was open before is still open.',
  'read.table.damaged': 'The {format} file {name} is damaged: {why}.',
  'read.table.damaged.hint': 'Copy it again from where it came, or save it again with the program that made it.',
  'read.table.why.unreadable': 'it cannot be read',
  'read.table.why.ends-early': 'it ends too early',
  'read.table.why.end-missing': 'its end is missing',
  'read.table.absent': 'There is no file {path}.',
  'read.table.absent.hint': 'Check the name, or choose another file.',
  'read.table.not-file': '{path} is not a file.',
  'read.table.not-file.hint': 'Choose a file, not a folder or a device.',
  'read.table.unreadable': 'The file {path} cannot be read ({why}).',
  'read.table.became-shorter': 'The file {path} cannot be read (the file became shorter while it was read).',
  'read.table.unreadable.hint': 'Check that it may be read and that its disk is connected.',
  // Files that are one set
  'read.table.no-data':
    '{kind, select, folder {The folder} zip {The zip file} other {The tar file}} {name} holds no data.',
  'read.table.several-sets':
    '{kind, select, folder {The folder} zip {The zip file} other {The tar file}} {name} holds several data sets: {files}{more, select, yes { and more} other {}}.',
  'read.table.several-sets.hint':
    '{kind, select, folder {Choose one of the files.} other {Unpack it, and choose one of the files.}}',
  'read.table.other-format': 'The file {name} is in another format and was left out.',
  'read.table.labels-left-out':
    'The file {labels}, which may hold the labels of {name}, was left out. Put them into a column of {name} called label.',
  'read.table.alone': '{name} was read alone.',
  'read.table.unlike.hint': 'The files of one set must describe the same columns.',
  'read.table.unlike.count':
    'The file {file} has {columns, plural, one {# column} other {# columns}} where the one read before it has {before, number}.',
  'read.table.unlike.name': 'The file {file} has a column “{column}”, which the one read before it has not.',
  // Text
  'read.table.encoding': '{file} is not UTF-8; its text was read as {encoding}.',
  'read.table.long-row': 'The file {file} has a row of more than {bytes, number} bytes.',
  'read.table.long-row.hint': 'Choose a file of text with one example a line.',
  'read.table.no-text': 'The file {file} is no text: its byte {at} is zero.',
  'read.table.no-text.hint': 'Choose a text file, or one of the other formats that MADE Studio reads.',
  'read.table.turned-width':
    'Line {line} of {file} has {fields, plural, one {# field} other {# fields}} where others have {width, number}.',
  'read.table.turned-width.hint': 'Every line must have the same columns before rows and columns can change places.',
  'read.table.many-items': 'The file {file} names more than {most, number} items in all.',
  // Rows and columns
  'read.table.fewer-rows.hint': 'Choose fewer rows.',
  'read.table.fewer-columns.hint': 'Choose fewer columns.',
  'read.table.many-columns': 'The data have more than {most, number} columns, the most that MADE Studio reads.',
  'read.table.many-rows': 'The data have more than {most, number} rows.',
  'read.table.no-rows': '{name} holds no rows.',
  'read.table.no-rows.hint': 'Choose a file with at least one row.',
  'read.table.no-columns': '{name} has no columns of values.',
  'read.table.no-columns.hint': 'Choose data with at least two columns, labels not counted.',
  'read.table.missing-words':
    'In the column “{column}”, which holds {holds, select, dates {dates} other {numbers}}, {words} {kinds, plural, one {was} other {were}} taken for missing values ({rows, plural, one {# row} other {# rows}}).',
  'read.table.dressed': 'The values of the column “{column}” were read as numbers: {written} as {value}.',
  'read.table.doubtful-dates':
    'The dates of the column “{column}”, such as {example}, were read with the {first, select, day {day} other {month}} first; they do not tell which it is.',
  'read.table.left-out.declared':
    'The column “{column}” of {file} is declared as something other than data and was left out.',
  'read.table.left-out.declared.why': 'it is declared as something other than data',
  'read.table.left-out.row-names': 'The first field of each row of {file} is the row’s name and was left out.',
  'read.table.left-out.row-names.why': 'it holds the names of the rows',
  'read.table.left-out.nameless': 'The first column of {file} has no name; it was taken for row numbers and left out.',
  'read.table.left-out.nameless.why': 'it has no name, as row numbers have none',
  'read.table.left-out.counter': 'The column “{column}” of {file} counts the rows and was left out.',
  'read.table.left-out.counter.why': 'it counts the rows',
  // Labels
  'read.table.label': 'The column “{column}” of {file} was taken for the label and is kept apart.',
  'read.table.label.digits': 'The first of the {columns, number} columns was taken for the labels of 28×28 pictures.',
  'read.table.label.varied':
    'The column “{column}” of {file} has too many different values for a label and is a column like others.',
  // Parquet
  'read.table.parquet.no-columns': '{file} has no columns.',
  'read.table.parquet.no-columns.hint': 'Choose a file that holds data.',
  'read.table.parquet.many-columns': '{file} has {columns, plural, one {# column} other {# columns}}.',
  'read.table.parquet.large-group':
    '{file} has {rows, plural, one {# row} other {# rows}} in one row group; the most is {most, number}.',
  'read.table.parquet.large-column': 'A column of {file} has {bytes, number} bytes in one row group.',
  'read.table.parquet.smaller-groups.hint': 'Save it again with smaller row groups.',
  'read.table.parquet.many-values':
    'The column {column} of {file} has {values, number} values in one row group; the most is {most, number}.',
  'read.table.parquet.many-values.hint': 'Save it again with smaller row groups, such as of 10,000 rows.',
  'read.table.parquet.memory':
    'The column {column} of {file} takes too much memory in a group of {rows, plural, one {# row} other {# rows}}.',
  'read.table.parquet.memory.hint': 'Save the file again with smaller row groups, such as of 10,000 rows.',
  // Why a Parquet file is damaged: each follows a colon
  'read.table.parquet.scattered': 'the column {column} is scattered over the file',
  'read.table.parquet.column-outside': 'the column {column} lies outside the file',
  'read.table.parquet.column-count':
    'the column {column} has {values, plural, one {# value} other {# values}} in a group of {rows, plural, one {# row} other {# rows}}',
  'read.table.parquet.page-outside': 'the column {column} has a page that lies outside it',
  'read.table.parquet.page-unknown': 'the column {column} has a page that does not say what is in it',
  'read.table.parquet.column-unpacks': 'the column {column} unpacks to {bytes, number} bytes',
  'read.table.parquet.page-values':
    'the column {column} has a page of {values, plural, one {# value} other {# values}}',
  'read.table.parquet.column-differs':
    'the column {column} holds {found, plural, one {# value} other {# values}} where its footer speaks of {values, number}',
  'read.table.parquet.group-rows': 'its groups have not the {rows, number} rows that its footer speaks of',
  'read.table.parquet.short': 'it is too short',
  'read.table.parquet.footer-length': 'its footer cannot have {bytes, number} bytes',
  'read.table.parquet.unreadable': 'it cannot be read ({why})',
  'read.table.parquet.check.bytes-outside': 'it asks for bytes outside the column',
  'read.table.parquet.check.page-size': 'its pages are too large',
  'read.table.parquet.check.levels-outside': 'its levels lie outside a page',
  'read.table.parquet.check.gaps': 'it has more gaps in a page than values',
  'read.table.parquet.check.long-runs': 'its runs of values are too long',
  'read.table.parquet.check.malformed': 'what it says of itself is not well-formed',
} as const
