/** Reading arrays and pictures: NumPy, IDX, and whatever holds arrays by name. Keys begin with `read.array.` */
export const readingArrays = {
  // What an array is called in the sentences below.
  'read.array.array': 'array {name}',
  // NumPy.
  'read.array.npy.not': 'The {what} is not in NumPy’s .npy format.',
  'read.array.npy.not.hint': 'Save it with numpy.save, numpy.savez or numpy.savez_compressed.',
  'read.array.npy.version': 'The {what} is in version {version} of the .npy format; versions 1 to 3 are read.',
  'read.array.npy.version.hint': 'Save it again with a current NumPy.',
  'read.array.npy.objects': 'The {what} does not hold plain numbers.',
  'read.array.npy.type': 'The {what} does not hold plain numbers (its type is {type}).',
  'read.array.npy.type.hint':
    'Save it as an array of plain numbers, such as x.astype("float32"); columns of several kinds as CSV.',
  'read.array.npy.dimensions':
    'The {what} has {dimensions, plural, one {# dimension} other {# dimensions}}; it must have two, rows and columns.',
  'read.array.npy.dimensions.hint': 'Reshape it so that each example is one row.',
  'read.array.npy.no-rows': 'The {what} has no rows.',
  'read.array.npy.no-rows.hint': 'Put at least one example into it.',
  'read.array.npy.narrow':
    'The {what} has {columns, plural, =0 {no columns} other {only one column}}; at least {least} are needed.',
  'read.array.npy.narrow.hint': 'Each row must be one example, with one column per bit.',
  'read.array.npy.wide': 'The {what} has {columns, number} columns; the most is {most, number}.',
  'read.array.npy.wide.hint': 'Use smaller pictures or fewer columns.',
  'read.array.npy.not-a-bit': 'The {what} holds {value} in row {row}, column {column}; every value must be 0 or 1.',
  'read.array.npy.not-a-bit.hint':
    'Make the values black and white first, for example with (x > 0.5) in NumPy. Rows and columns count from 1 here.',
  'read.array.npy.damaged': 'The {what} is damaged: {why}.',
  'read.array.npy.damaged.hint': 'Copy the file again from where it came, or save it again with NumPy.',
  'read.array.npy.bytes': 'it holds {bytes} bytes of values where its shape speaks of {expected}',
  'read.array.npy.header-length': 'the length of its header is out of range',
  'read.array.npy.header': 'its header cannot be read',
  'read.array.npy.shape': 'its shape cannot be read',
  'read.array.short-header': 'it ends inside its header',
  // IDX.
  'read.array.idx.not': 'The file {name} is not an IDX file.',
  'read.array.idx.not.hint': 'Choose one of the original MNIST files, or a set in the same format.',
  'read.array.idx.type':
    'The IDX file {name} holds type {type} in {dimensions} dimensions; type {wanted} in {wantedDimensions} is needed.',
  'read.array.idx.pictures.hint': 'Choose a file of 8-bit pictures.',
  'read.array.idx.labels.hint': 'Choose a file of 8-bit labels.',
  'read.array.idx.empty': 'The IDX file {name} is empty: its size is {size}.',
  'read.array.idx.empty.hint': 'Choose a file with at least one row.',
  'read.array.idx.damaged': 'The IDX file {name} is damaged: {why}.',
  'read.array.idx.damaged.hint': 'Copy it again from where it came.',
  'read.array.idx.values': 'it holds {values} values where its header speaks of {expected}',
  'read.array.idx.sizes': 'The pictures of {name} have {size} pixels where those read before have {first}.',
  'read.array.idx.sizes.hint': 'The files of one set must hold pictures of one size.',
  'read.array.idx.emnist': 'The pictures of EMNIST lie on their sides in its files; they were set upright.',
  'read.array.idx.labels-only': 'The file {name} holds labels only.',
  'read.array.idx.labels-only.hint': 'Choose the file of pictures that belongs to it; labels beside it are found.',
  'read.array.idx.label-count':
    '{labels} holds {count, plural, one {# label} other {# labels}} where {pictures} holds {rows, plural, one {# picture} other {# pictures}}.',
  'read.array.idx.label-count.hint': 'Choose files that belong together.',
  // Files that hold several arrays by name.
  'read.array.label': 'The array {array} of {file} was taken for the label and is kept apart.',
  'read.array.left-out': 'The array {array} of {file} was left out.',
  'read.array.largest': '{file} holds {count, number} tables ({tables}); {table}, the largest, was read.',
  'read.array.rows-taken':
    'Nothing in {file} tells whether its examples are rows or columns; its {count, number} rows were taken for them.',
  'read.array.columns-taken':
    'Nothing in {file} tells whether its examples are rows or columns; its {count, number} columns were taken for them.',
  'read.array.other-rows': 'its {count, number} rows',
  'read.array.other-columns': 'its {count, number} columns',
  'read.array.several': 'The file {file} holds several tables: {tables}.',
  'read.array.several-of-part': 'The file {file} holds several tables for the part "{part}": {tables}.',
  'read.array.several.window': 'Save only one of them, or name them "train", "valid" and "test".',
  'read.array.several.options':
    'Choose one of them (--sheet), save only one, or name them "train", "valid" and "test".',
  'read.array.no-table': 'The file {file} holds no table of numbers with rows and columns.',
  'read.array.no-table.none': 'It must hold arrays named "train", "valid" and "test", or one array; it holds none.',
  'read.array.no-table.found':
    'It must hold arrays named "train", "valid" and "test", or one array; it holds {arrays}.',
  'read.array.unlike':
    'The array {array} has {columns, plural, one {# column} other {# columns}} where {first} has {width, number}.',
  'read.array.unlike.hint': 'All arrays of a set must describe the same columns in the same order.',
  'read.array.greys': 'The values from 0 to 1 were taken for greys from 0 to 255.',
} as const
