/** How it is decided otherwise what was found in a file. Keys begin with `read.advice.` */
export const readingAdvice = {
  'read.advice.use': 'To use it, click on what the paragraph at the top says of it, and choose “Use it”.',
  'read.advice.use.words': 'To use it, read it by its values (--categorical {column}).',
  'read.advice.use.numbers': 'To use it, read it by its size (--numeric {column}).',
  'read.advice.use-label':
    'To use it as a column, click on what the paragraph at the top says of the label, and choose “No column”.',
  'read.advice.use-label.option': 'To use it as a column, say that none is the label (--no-label).',
  'read.advice.keep-words': 'If they mean something, choose “A category” for the column in the list “Columns”.',
  'read.advice.keep-words.option': 'If they mean something, read the column by its values (--categorical {column}).',
  'read.advice.dates':
    'If the {first, select, day {day} other {month}} comes first, click on what the paragraph at the top says of the kinds of columns, and choose “{first, select, day {Day} other {Month}}”.',
  'read.advice.dates.option':
    'If the {first, select, day {day} other {month}} comes first, say so (--dates {first}-first).',
  'read.advice.other':
    'To read another, click on what the paragraph at the top says of the {what, select, sheet {sheet} other {table}}.',
  'read.advice.other.option': 'To read another, name it (--sheet).',
  'read.advice.encoding': 'If letters are wrong, click on what the paragraph at the top says of the text.',
  'read.advice.encoding.option': 'If letters are wrong, name another one (--encoding).',
  'read.advice.one-header':
    'If only the first of them holds names, click on what the paragraph at the top says of the first row, and choose “Names first”.',
  'read.advice.one-header.option': 'If only the first of them holds names, say so (--header).',
  'read.advice.lines': 'If something there is data, click on what the paragraph at the top says of the first row.',
  'read.advice.lines.option': 'If something there is data, say that it is read ({option}).',
  'read.advice.turn':
    'If {others} are, click on what the paragraph at the top says of rows and columns, and choose “{turns, select, yes {On its side} other {As it is}}”.',
  'read.advice.turn.option': 'If {others} are, let them change places ({option}).',
} as const
