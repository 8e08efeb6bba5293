/** Reading workbooks and databases. Keys begin with `read.workbook.` */
export const readingWorkbooks = {
  'read.workbook.no-sheet': '{file} has no sheet called {sheet}.',
  'read.workbook.no-sheet.hint': 'Its sheets are {sheets}.',
  'read.workbook.several': '{file} has {count, plural, one {# sheet} other {# sheets}} ({sheets}); {sheet} was read.',
  'read.workbook.joined':
    'The names of the columns of {file} stand in {rows, plural, one {# row} other {# rows}} and were joined.',
  'read.workbook.merged':
    '{cells, plural, one {One cell of {file} reaches} other {# cells of {file} reach}} over several places; each of them was given the value.',
  'read.workbook.formulas':
    '{formulas, plural, one {One formula in {file} has no value in the file and is} other {# formulas in {file} have no value in the file and are}} missing; open and save it in a spreadsheet program, which computes them.',
  'read.workbook.empty': 'The workbook {file} holds no values.',
  'read.workbook.empty-sheet': 'The sheet {sheet} of {file} holds no values.',
  'read.workbook.empty.hint': 'Choose a workbook, or a sheet, that holds a table.',
  'read.workbook.large': 'The workbook {file} takes too much memory or time.',
  'read.workbook.large.hint': 'Save the sheet as CSV, which may be of any length.',
  'read.workbook.password': 'The workbook {file} is protected by a password.',
  'read.workbook.password.hint': 'Open it, and save it without the password, or its sheet as CSV.',
  'read.workbook.no-tables': 'The database {file} holds no tables.',
  'read.workbook.no-tables.hint': 'Choose a database that holds a table.',
  'read.workbook.large-database': 'The database {file} takes too much memory or time.',
  'read.workbook.large-database.hint':
    'Save the table as CSV, which may be of any length: sqlite3 -header -csv x.db "select * from t" > t.csv.',
} as const
