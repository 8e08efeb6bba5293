/** Reading matrices: MATLAB, the Matrix Market, SciPy, and any that is sparse. Keys begin with `read.matrix.` */
export const readingMatrices = {
  // Arrays as rows
  'read.matrix.dimensions':
    'The {what} has {dimensions, plural, one {# dimension} other {# dimensions}}; it must have two, rows and columns.',
  'read.matrix.dimensions.hint': 'Reshape it so that each example is one row.',
  'read.matrix.no-rows': 'The {what} has no rows.',
  'read.matrix.no-rows.hint': 'Put at least one example into it.',
  'read.matrix.few-columns':
    'The {what} has {columns, plural, =0 {no columns} other {only one column}}; at least {least, number} are needed.',
  'read.matrix.few-columns.hint': 'Each row must be one example, with one column per value.',
  'read.matrix.many-columns': 'The {what} has {columns, number} columns; the most is {most, number}.',
  'read.matrix.many-columns.hint': 'Use smaller pictures or fewer columns.',
  'read.matrix.array': 'array {name}',
  // MATLAB
  'read.matrix.plain.hint': 'Save a matrix of numbers, one example per row.',
  'read.matrix.not-numbers': 'The variable {variable} of {file} does not hold plain numbers.',
  'read.matrix.unlike-cells': 'The variable {variable} of {file} is a cell array of things that are not alike.',
  'read.matrix.large-variable': 'A variable of {file} unpacks to more than {most, number} bytes.',
  'read.matrix.large-variable.hint': 'Save it in a smaller type such as uint8 or logical, or with fewer rows.',
  'read.matrix.large-sparse':
    'The sparse variable {variable} of {file} has {rows}×{columns} values when it is filled with zeros.',
  'read.matrix.large-sparse.hint': 'Save fewer rows or columns.',
  // Why a MATLAB file is damaged: each follows a colon
  'read.matrix.why.byte-order': 'its header does not tell the order of its bytes',
  'read.matrix.why.ends-at': 'it ends too early, at byte {at}',
  'read.matrix.why.outside': 'the variable at byte {at} lies outside the file',
  'read.matrix.why.many-variables': 'it holds more than {most, number} variables',
  'read.matrix.why.no-variable': 'at byte {at} stands an element of type {type}, not a variable',
  'read.matrix.why.packed': 'the variable at byte {at} cannot be unpacked',
  'read.matrix.why.variable-header': 'a variable ends inside its header',
  'read.matrix.why.variable-ends': 'a variable ends too early',
  'read.matrix.why.tag': 'the tag of an element cannot be read',
  'read.matrix.why.cells': 'the variable {variable} cannot have {cells, number} cells',
  'read.matrix.why.type': 'the variable {variable} is stored in a type that is not known ({type})',
  'read.matrix.why.length':
    'the variable {variable} has {bytes, number} bytes of values where its sizes speak of {expected, number}',
  'read.matrix.why.sparse': 'the sparse variable {variable} cannot be read',
  'read.matrix.why.sparse-row': 'the sparse variable {variable} names row {row} of {rows}',
  // The Matrix Market
  'read.matrix.kind': 'The file {file} is a {symmetry} matrix of {field} numbers, which is no table of examples.',
  'read.matrix.kind.hint': 'Choose a matrix of plain numbers, one example a row.',
  'read.matrix.many-entries': 'The matrix of {file} has {entries, number} entries; the most is {most, number}.',
  'read.matrix.why.line': 'its line {line} holds {text}',
  'read.matrix.why.no-size': 'it does not say how large it is',
  'read.matrix.why.few-entries':
    'it has {read, plural, one {# entry} other {# entries}} where {announced, number} are announced',
  'read.matrix.why.first-line': 'its first line is not that of the format',
  'read.matrix.why.size-line': 'its line {line} does not say how large it is',
  'read.matrix.why.more-entries': 'it has more entries than are announced',
  'read.matrix.why.more-values': 'it has more values than are announced',
  // SciPy
  'read.matrix.why.shape': 'its shape is that of no matrix',
  'read.matrix.layout': 'The sparse matrix of {name} is stored as {layout}; csr, csc and coo are read.',
  'read.matrix.layout.hint': 'In Python, save it again: scipy.sparse.save_npz("….npz", x.tocsr()).',
  'read.matrix.why.unknown-layout': 'it is stored as something unknown; csr, csc and coo are read',
  'read.matrix.why.lengths': 'its arrays are not of one length',
  'read.matrix.why.starts': 'its rows do not begin where they should',
  // Sparse matrices
  'read.matrix.outside': 'The file {file} names a place outside its matrix of {rows}×{columns}.',
  'read.matrix.kept.model':
    'Of the {all, number} {what, select, features {features} other {columns}} of {file} those are read that the model knows.',
  'read.matrix.kept.named':
    'Of the {all, number} {what, select, features {features} other {columns}} of {file} the {kept, number} that any row names are read; the others are 0 everywhere.',
  'read.matrix.kept.frequent':
    'Of the {all, number} {what, select, features {features} other {columns}} of {file} the {most, number} that most rows name are read; a model has no more inputs.',
} as const
