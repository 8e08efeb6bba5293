/** What formats of files are called. Keys begin with `read.format.` */
export const readingFormats = {
  'read.format.packed': '{format}, compressed with {packing}',
  'read.format.in-archive': '{format}, in a {kind} file',
  'read.format.text': 'text',
  'read.format.transactions': 'transactions, one list of items a line',
  'read.format.json-lines': 'JSON lines',
  'read.format.sqlite': 'an SQLite database',
  'read.format.old-workbook': 'an Excel workbook (.xls)',
  'read.format.excel': 'an Excel workbook',
  'read.format.open-document': 'an OpenDocument workbook',
  'read.format.scipy': 'a sparse matrix of SciPy (.npz)',
  'read.format.matrix-market': 'Matrix Market',
  'read.format.npz': 'NumPy arrays (.npz)',
  'read.format.picture-archive': 'a {kind} file of pictures',
  'read.format.picture-folder': 'a folder of pictures',
  'read.format.workbook': 'workbook',
} as const
