/** Preparing data: columns, labels, rows, splits, and what was understood of a table. Keys begin with `prepare.` */
export const preparing = {
  /** Rows as the inputs of a model. */
  'prepare.no-row-as-taught': 'No row of {name} can be read as the model was taught.',
  'prepare.like-model.hint': 'Choose data like those that the model was trained on.',
  'prepare.gaps-left-out': '{rows, plural, one {# row has} other {# rows have}} no value in {columns}; left out.',
  'prepare.unseen-left-out':
    '{rows, plural, one {# row has} other {# rows have}} {values} in the column “{column}”, which the model has never seen; left out.',
  'prepare.unseen-ignored':
    '{rows, plural, one {# row has} other {# rows have}} {values} in the column “{column}”, which the model has never seen; the rest is drawn without it.',
  /** After the first few names or values in a list. */
  'prepare.others': 'others',
  'prepare.greys-as-ones': 'The model was trained on zeros and ones: greys from {threshold} on were taken for ones.',
  'prepare.bits-as-they-are': '{name} holds zeros and ones, which were taken as they are.',
  'prepare.no-greys': 'The values of {name} are no greys; the model was trained on whole numbers from 0 to 255.',
  'prepare.other-width': 'The rows of {name} have {width} values; those that the model was trained on had {taught}.',
  'prepare.other-width.hint': 'Choose data of the same width, or pictures of the same size.',
  'prepare.other-bits': 'The rows of {name} have {bits} bits; those that the model was trained on had {taught}.',
  'prepare.silent-model':
    'The model does not say how its data were prepared; {name} was prepared as its contents suggest.',
  'prepare.pictures-fitted':
    'The pictures of {name} were made to fit {width}×{height} pixels, as those were that the model was trained on.',

  /** Columns as those that a model was trained on. */
  'prepare.taken-in-order':
    'The columns of {name} were taken in their order: only one of the file and the model names them.',
  'prepare.unknown-columns':
    'The model does not know the {count, plural, one {column} other {columns}} {columns} of {name}, which {count, plural, one {was} other {were}} passed over.',
  'prepare.holds-pictures': '{name} holds pictures; the model was trained on the columns of a table.',
  'prepare.holds-pictures.hint': 'Choose a table with the same columns.',
  'prepare.other-columns': '{name} has {columns} columns; the data that the model was trained on had {taught}.',
  'prepare.same-columns.hint': 'Choose a file with the same columns.',
  'prepare.other-kind':
    'The column “{column}” of {name} holds {held, select, text {text of too many kinds} numbers {numbers} dates {dates} other {words such as “{example}”}}; the model was trained on {taught, select, numbers {numbers} dates {dates} other {words}}.',
  'prepare.lacking-columns':
    '{name} has no {count, plural, one {column} other {columns}} {columns}, which the model was trained on.',
  'prepare.lacking-columns.hint': 'Choose a file with the same columns: {columns}.',

  /** Columns that are left out; why is the end of “The column is left out because …”. */
  'prepare.column-left-out': 'The column “{column}” is left out because {why}.',
  'prepare.column-left-out-as-chosen': 'The column “{column}” is left out.',
  'prepare.more-left-out': '{count, plural, one {# more is left out.} other {# more are left out.}}',
  'prepare.because.no-value': 'no row has a value',
  'prepare.because.one-value': 'all training rows have the same value',
  'prepare.because.varied-text': 'its text is of too many kinds',
  'prepare.because.every-row': 'every row has another word',
  'prepare.because.nearly-every-row': 'nearly every row has another word ({words, number} in {rows, number} rows)',
  'prepare.because.many-words': 'there are {words, number} different words',

  /** Too little is left for a model, and what there is to do. */
  'prepare.too-few.single': '{name} has only one column, where a model needs at least {least} columns of bits.',
  'prepare.too-few.none': 'No column is left, where a model needs at least {least}.',
  'prepare.too-few.one': 'Only one column of bits is left, where a model needs at least {least}.',
  'prepare.too-few.one-variable': 'Only one column is left, where a model needs at least {least}.',
  'prepare.way.separator.window': 'You can choose what stands between its fields (in the paragraph at the top).',
  'prepare.way.separator.options': 'You can say what stands between its fields (--separator).',
  'prepare.way.column.window':
    'You can use “{column}” all the same (click on what the paragraph at the top says of it).',
  'prepare.way.column.values': 'You can read “{column}” by its values (--categorical {name}).',
  'prepare.way.column.size': 'You can read “{column}” by its size (--numeric {name}).',
  'prepare.way.label.window': 'You can use the label “{label}” as a column (click on it in the paragraph at the top).',
  'prepare.way.label.options': 'You can use the label “{label}” as a column (--no-label).',
  'prepare.way.bits.window': 'You can read numbers as more bits (“Bits of a number”).',
  'prepare.way.bits.options': 'You can read numbers as more bits (--bits 3).',
  'prepare.way.other-data': 'Choose data with more columns.',
  'prepare.way.or-other-data': 'Or choose data with more columns.',

  /** Rows that lack values. */
  'prepare.gaps.to-fill':
    '{lacking, plural, one {# row lacks a value; a model trained on the others can fill it in.} other {# of {rows, number} rows lack a value; a model trained on the others can fill it in.}}',
  'prepare.gaps.dropped':
    '{lacking, plural, one {# row lacks a value and is left out.} other {# of {rows, number} rows lack a value and are left out.}}',
  'prepare.gaps.nearly-all':
    '{lacking, number} of {rows, number} rows lack a value and cannot be learnt from, which leaves {complete, plural, =0 {none} other {only #}}.',
  'prepare.gaps.nearly-all.window':
    'Leave out the columns that lack the most ({columns}) in the list “Columns”, or choose that missing values are a value of their own or the commonest one.',
  'prepare.gaps.nearly-all.options':
    'Leave out the columns that lack the most ({columns}; --omit {worst}), or make missing values a value of their own (--missing category) or the commonest one (--missing common).',
  /** A column, and how many rows lack a value in it. */
  'prepare.gaps.in-column': '“{column}” {missing, number}',
  'prepare.gaps.taught-otherwise': 'Missing values were made into something else before this model was trained.',
  'prepare.gaps.taught-otherwise.window': 'Train one with missing values that are “Fill in by the model later”.',
  'prepare.gaps.taught-otherwise.options': 'Train one with missing values that are filled in later (--missing model).',
  'prepare.missing-taught':
    'The model was trained with --missing {taught} and cannot make anything else of missing values now.',
  'prepare.missing-taught.hint': 'Leave --missing out, or choose drop, which leaves out rows that lack a value.',

  /** What each column becomes. */
  'prepare.bit.missing': '{column} is missing',
  'prepare.too-many-numbers': 'The column “{column}” has {count} different numbers, too many for a bit each.',
  'prepare.too-many-numbers.hint': 'Read it as numbers, or leave it out.',
  'prepare.not-greys': 'These values are no greys: greys are whole numbers from 0 to 255 in every row and column.',
  'prepare.not-greys.hint': 'Choose to read them as columns of a table.',
  'prepare.label-too-varied': 'The column “{column}” cannot be the label: it has too many different values.',
  'prepare.label-too-varied.hint': 'Choose another column.',
  'prepare.label-of-one':
    'The label “{label}” cannot be learnt: {words, plural, =0 {it has no values} other {all rows have the same one}}.',
  'prepare.label-no-class':
    'The label “{label}” cannot be learnt: with {words} different values in {rows} rows it looks like a number or a name, not like a class.',
  'prepare.label-not-learnt.hint': 'Choose another label, or leave it out of what is learnt.',
  'prepare.lacks-label': '“{name}” has no label “{label}”, which the model learnt: it is taken as unknown.',
  'prepare.too-many-bits': 'The rows would have {bits} bits; a model has at most {most} inputs.',
  'prepare.too-many-bits.hint': 'Leave out columns of many values, or read numbers as fewer bits.',
  'prepare.picture-size': 'A picture of {width}×{height} has {pixels} pixels, but a row has {bits} bits.',
  'prepare.picture-size.hint': 'Change the width and height, or say that rows are not pictures.',

  /** Values that drawn rows are to have. */
  'prepare.given.no-value': '“{text}” is no column and value.',
  'prepare.given.no-column': 'The model knows no column “{column}”.',
  'prepare.given.no-column.hint': 'Of those that it knows, these are most like it: {columns}.',
  'prepare.given.no-columns.hint': 'Its rows are pictures without a label.',
  'prepare.given.unknown': 'The model has never seen “{value}” in the column “{column}”.',
  'prepare.given.unknown.hint': 'Of the values that it knows, these are most like it: {values}.',
  'prepare.given.no-number': '“{value}” is no number, which the model knows in the column “{column}”.',
  'prepare.given.no-date': '“{value}” is no date, which the model knows in the column “{column}”.',
  'prepare.given.no-gap': 'In the column “{column}” a missing value is nothing that the model knows.',
  'prepare.given.nothing-left': 'No value of the column “{column}” is all that was given.',
  'prepare.given.no-order': 'The column “{column}” holds words, which {comparison} cannot compare.',
  'prepare.given.hint': 'Give values such as sex=Female,age=30, or conditions such as age>40.',
  'prepare.given.ranges': '“{condition}” stands for whole ranges: {ranges}.',
  'prepare.given.range': '“{column}” = {value} stands for its whole range: {range}.',

  /** Rows that come as the columns of a model. */
  'prepare.as-columns': 'The rows of {name} were taken for the {columns} columns of the model as they are.',
  'prepare.not-one-hot':
    'Row {row} of {name} has {ones, plural, =0 {no one} other {# ones}} in the columns {first} to {last}, which stand for one value in the model.',
  'prepare.not-one-hot.named':
    'Row {row} of {name} has {ones, plural, =0 {no one} other {# ones}} in the columns {first} to {last}, which stand for one value of “{column}” in the model.',
  'prepare.not-one-hot.hint': 'Exactly one of them must be a one.',

  /** Training, validation and test rows. */
  'prepare.too-few-rows':
    '{rows, plural, =0 {No row is left.} one {There is only one row.} other {There are only # rows.}}',
  'prepare.too-few-rows.hint': 'Choose data with more rows: training, validation and test need at least one each.',
  'prepare.part-empty':
    'No row would be left for the {part, select, train {training} valid {validation} other {test}} part.',
  'prepare.part-empty.hint':
    '{rows, plural, one {There is # row} other {There are # rows}} to divide; each of the three parts needs at least one.',
} as const
