/** Reading HDF5. Keys begin with `read.array.hdf5.` */
export const readingArraysHdf5 = {
  // What is in an HDF5 file, as a label.
  'read.array.hdf5.format': 'HDF5',
  'read.array.hdf5.format.matlab': 'MATLAB (.mat, version 7.3)',
  'read.array.hdf5.format.pandas': 'HDF5, a table of pandas',
  'read.array.hdf5.format.records': 'HDF5, a table of records',
  // The file.
  'read.array.hdf5.too-large': 'The HDF5 file {name} takes too much memory or time.',
  'read.array.hdf5.too-large.hint': 'Save the arrays that are needed in a file of their own, such as with numpy.savez.',
  'read.array.hdf5.not-opened': 'it cannot be opened',
  'read.array.hdf5.many-objects': 'it holds more than {most, number} arrays and groups',
  'read.array.hdf5.values': 'its values cannot be read',
  'read.array.hdf5.values-of': 'the values of {path} cannot be read',
  'read.array.hdf5.number-size': 'its numbers of {bytes} bytes are not read',
  'read.array.hdf5.sparse': 'the sparse variable {name} cannot be read',
  // Its datasets and variables.
  'read.array.hdf5.compressed': 'The dataset {dataset} of {file} is compressed with {filter}, which is not read.',
  'read.array.hdf5.filter': 'filter {id}',
  'read.array.hdf5.compressed.hint':
    'Save it again with gzip: h5repack -f GZIP=6 old.h5 new.h5, or in Python with compression="gzip" or complib="zlib".',
  'read.array.hdf5.elsewhere': 'The dataset {dataset} of {file} is made of parts of other files, which are not read.',
  'read.array.hdf5.elsewhere.hint': 'Save it again with its values in it: h5repack old.h5 new.h5.',
  'read.array.hdf5.large': 'The dataset {dataset} of {file} has {bytes, number} bytes; the most is {most, number}.',
  'read.array.hdf5.large.hint': 'Save it in a smaller type such as uint8, or with fewer rows.',
  'read.array.hdf5.not-numbers': 'The dataset {dataset} of {file} does not hold plain numbers.',
  'read.array.hdf5.not-numbers.hint': 'Save a matrix of numbers, one example per row.',
  'read.array.hdf5.matlab-kind':
    'The variable {variable} of {file} is a {kind} of MATLAB, whose values only MATLAB knows.',
  'read.array.hdf5.matlab-kind.hint':
    'In MATLAB, save its numbers as a matrix (table2array), or the table as CSV (writetable).',
  'read.array.hdf5.sparse-large':
    'The sparse variable {variable} of {file} has {size} values when it is filled with zeros.',
  'read.array.hdf5.sparse-large.hint': 'Save fewer rows or columns.',
  // Its tables of named columns.
  'read.array.hdf5.table-left-out': 'The table {table} of {file} was left out.',
  'read.array.hdf5.no-table': 'The file {file} holds no table where the others of its set do.',
  'read.array.hdf5.no-table.hint': 'The files of one set must describe the same columns.',
  'read.array.hdf5.pandas-kind': 'The table {table} of {file} is a {kind} of pandas, which is not read.',
  'read.array.hdf5.pandas-no-table':
    'The table {table} of {file} has no table where pandas keeps it, which is not read.',
  'read.array.hdf5.pandas-no-names':
    'The table {table} of {file} does not say what its columns are called ({field}), which is not read.',
  'read.array.hdf5.pandas-no-categories':
    'The table {table} of {file} does not say what its categories are called ({field}), which is not read.',
  'read.array.hdf5.pandas-levels':
    'The table {table} of {file} has names in several rows or columns, which is not read.',
  'read.array.hdf5.pandas-blocks':
    'The table {table} of {file} has blocks of other sizes than its axes, which is not read.',
  'read.array.hdf5.pandas.hint':
    'In Python, save it in another format: pandas.read_hdf("….h5").to_parquet("….parquet").',
  'read.array.hdf5.index':
    'The names of the rows (index) of {table} in {file} were left out. To use them, make a column of them (reset_index) and save it again.',
  'read.array.hdf5.objects':
    'The column “{column}” of {file} is stored as Python objects, which may run programs, and was left out. Save the table in the table format: to_hdf(…, format="table").',
  'read.array.hdf5.objects.why': 'there are Python objects in there',
  'read.array.hdf5.not-plain': 'The column “{column}” of {file} holds no plain values and was left out.',
} as const
