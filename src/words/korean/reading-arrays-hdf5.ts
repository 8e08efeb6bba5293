import type { readingArraysHdf5 as english } from '../english/reading-arrays-hdf5'
import type { Translation } from '../translation'

export const readingArraysHdf5: Translation<typeof english> = {
  // What is in an HDF5 file, as a label.
  'read.array.hdf5.format': 'HDF5',
  'read.array.hdf5.format.matlab': 'MATLAB(.mat, 버전 7.3)',
  'read.array.hdf5.format.pandas': 'HDF5, pandas의 표',
  'read.array.hdf5.format.records': 'HDF5, 레코드의 표',
  // The file.
  'read.array.hdf5.too-large': '{name} HDF5 파일은 메모리나 시간이 너무 많이 듭니다.',
  'read.array.hdf5.too-large.hint': '필요한 배열만 따로 저장해 주세요. 예를 들어 numpy.savez를 쓰면 됩니다.',
  'read.array.hdf5.not-opened': '열 수 없습니다',
  'read.array.hdf5.many-objects': '배열과 그룹이 {most, number}개보다 많이 들어 있습니다',
  'read.array.hdf5.values': '값을 읽을 수 없습니다',
  'read.array.hdf5.values-of': '{path}의 값을 읽을 수 없습니다',
  'read.array.hdf5.number-size': '{bytes}바이트로 된 수는 읽지 못합니다',
  'read.array.hdf5.sparse': '{name} 희소 변수를 읽을 수 없습니다',
  // Its datasets and variables.
  'read.array.hdf5.compressed': '{file}의 {dataset} 데이터셋은 읽을 수 없는 {filter}[으로/로] 압축되었습니다.',
  'read.array.hdf5.filter': '필터 {id}',
  'read.array.hdf5.compressed.hint':
    'gzip으로 다시 저장해 주세요: h5repack -f GZIP=6 old.h5 new.h5, 또는 Python에서 compression="gzip"이나 complib="zlib".',
  'read.array.hdf5.elsewhere': '{file}의 {dataset} 데이터셋은 다른 파일의 조각으로 이루어져 있어 읽지 못합니다.',
  'read.array.hdf5.elsewhere.hint': '값까지 함께 다시 저장해 주세요: h5repack old.h5 new.h5.',
  'read.array.hdf5.large':
    '{file}의 {dataset} 데이터셋은 {bytes, number}바이트입니다. 최대 {most, number}바이트까지 읽습니다.',
  'read.array.hdf5.large.hint': 'uint8 같은 더 작은 자료형으로 저장하거나 행을 줄여 주세요.',
  'read.array.hdf5.not-numbers': '{file}의 {dataset} 데이터셋에 든 값이 보통의 수가 아닙니다.',
  'read.array.hdf5.not-numbers.hint': '행마다 예시가 하나씩 있는 수의 행렬을 저장해 주세요.',
  'read.array.hdf5.matlab-kind':
    '{file}의 {variable} 변수는 MATLAB의 {kind}[이며/며], 값은 MATLAB에서만 알 수 있습니다.',
  'read.array.hdf5.matlab-kind.hint':
    'MATLAB에서 수를 행렬로 저장하거나(table2array) 표를 CSV로 저장해 주세요(writetable).',
  'read.array.hdf5.sparse-large': '{file}의 {variable} 희소 변수는 0을 채우면 값이 {size}개입니다.',
  'read.array.hdf5.sparse-large.hint': '행이나 열을 줄여서 저장해 주세요.',
  // Its tables of named columns.
  'read.array.hdf5.table-left-out': '{file}의 {table} 표는 뺐습니다.',
  'read.array.hdf5.no-table': '한 벌을 이루는 다른 파일에는 표가 있지만 {file} 파일에는 없습니다.',
  'read.array.hdf5.no-table.hint': '한 벌을 이루는 파일은 열이 모두 같아야 합니다.',
  'read.array.hdf5.pandas-kind': '{file}의 {table} 표는 pandas의 {kind}[이라/라] 읽지 못합니다.',
  'read.array.hdf5.pandas-no-table': '{file}의 {table}에는 pandas가 표를 두는 자리에 표가 없어 읽지 못합니다.',
  'read.array.hdf5.pandas-no-names': '{file}의 {table} 표는 열 이름이 적혀 있지 않아 읽지 못합니다({field}).',
  'read.array.hdf5.pandas-no-categories': '{file}의 {table} 표는 범주 이름이 적혀 있지 않아 읽지 못합니다({field}).',
  'read.array.hdf5.pandas-levels': '{file}의 {table} 표는 이름이 여러 행이나 열에 걸쳐 있어 읽지 못합니다.',
  'read.array.hdf5.pandas-blocks': '{file}의 {table} 표는 블록과 축의 크기가 달라 읽지 못합니다.',
  'read.array.hdf5.pandas.hint':
    'Python에서 다른 형식으로 저장해 주세요: pandas.read_hdf("….h5").to_parquet("….parquet").',
  'read.array.hdf5.index':
    '{file}에 있는 {table}의 행 이름(index)은 뺐습니다. 쓰려면 열로 만들어(reset_index) 다시 저장해 주세요.',
  'read.array.hdf5.objects':
    '{file}의 “{column}” 열은 프로그램을 실행할 수 있는 Python 객체로 저장되어 있어 뺐습니다. 표를 table 형식으로 저장해 주세요: to_hdf(…, format="table").',
  'read.array.hdf5.objects.why': 'Python 객체가 들어 있어서',
  'read.array.hdf5.not-plain': '{file}의 “{column}” 열은 단순한 값이 아니어서 뺐습니다.',
}
