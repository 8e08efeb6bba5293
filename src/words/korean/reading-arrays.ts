import type { readingArrays as english } from '../english/reading-arrays'
import type { Translation } from '../translation'

export const readingArrays: Translation<typeof english> = {
  // What an array is called in the sentences below.
  'read.array.array': '배열 {name}',
  // NumPy.
  'read.array.npy.not': '{what}[은/는] NumPy의 .npy 형식이 아닙니다.',
  'read.array.npy.not.hint': 'numpy.save, numpy.savez, numpy.savez_compressed 중 하나로 저장해 주세요.',
  'read.array.npy.version': '{what}[은/는] .npy 형식 버전 {version}입니다. 버전 1부터 3까지 읽습니다.',
  'read.array.npy.version.hint': '최신 NumPy로 다시 저장해 주세요.',
  'read.array.npy.objects': '{what}에 든 값이 보통의 수가 아닙니다.',
  'read.array.npy.type': '{what}에 든 값이 보통의 수가 아닙니다(자료형 {type}).',
  'read.array.npy.type.hint':
    'x.astype("float32")처럼 수만 들어 있는 배열로 저장하고, 여러 종류의 열은 CSV로 저장해 주세요.',
  'read.array.npy.dimensions':
    '{what}[은/는] {dimensions, plural, other {#차원}}입니다. 행과 열, 두 차원이어야 합니다.',
  'read.array.npy.dimensions.hint': '예시 하나가 행 하나가 되도록 모양을 바꿔 주세요.',
  'read.array.npy.no-rows': '{what}에 행이 없습니다.',
  'read.array.npy.no-rows.hint': '예시를 하나 이상 넣어 주세요.',
  'read.array.npy.narrow':
    '{what}에 열이 {columns, plural, =0 {없습니다} other {하나뿐입니다}}. 적어도 {least}개가 필요합니다.',
  'read.array.npy.narrow.hint': '행 하나가 예시 하나이고, 비트마다 열이 하나씩 있어야 합니다.',
  'read.array.npy.wide': '{what}에 열이 {columns, number}개 있습니다. 최대 {most, number}개까지 읽습니다.',
  'read.array.npy.wide.hint': '더 작은 그림을 쓰거나 열을 줄여 주세요.',
  'read.array.npy.not-a-bit': '{what}의 {row}행 {column}열에 {value}[이/가] 있습니다. 모든 값이 0 또는 1이어야 합니다.',
  'read.array.npy.not-a-bit.hint':
    '먼저 값을 흑백으로 바꿔 주세요. 예를 들어 NumPy에서 (x > 0.5)를 쓰면 됩니다. 여기서 행과 열은 1부터 셉니다.',
  'read.array.npy.damaged': '{what}[이/가] 손상되었습니다: {why}.',
  'read.array.npy.damaged.hint': '원본을 다시 복사하거나 NumPy로 다시 저장해 보세요.',
  'read.array.npy.bytes': 'shape대로라면 값이 {expected}바이트여야 하지만 {bytes}바이트가 들어 있습니다',
  'read.array.npy.header-length': '헤더의 길이가 범위를 벗어납니다',
  'read.array.npy.header': '헤더를 읽을 수 없습니다',
  'read.array.npy.shape': 'shape를 읽을 수 없습니다',
  'read.array.short-header': '헤더 중간에서 끝납니다',
  // IDX.
  'read.array.idx.not': '{name} 파일은 IDX 파일이 아닙니다.',
  'read.array.idx.not.hint': 'MNIST 원본 파일이나 같은 형식의 데이터를 골라 주세요.',
  'read.array.idx.type':
    '{name} IDX 파일은 자료형 {type}, {dimensions}차원입니다. 자료형 {wanted}, {wantedDimensions}차원이어야 합니다.',
  'read.array.idx.pictures.hint': '8비트 그림 파일을 골라 주세요.',
  'read.array.idx.labels.hint': '8비트 레이블 파일을 골라 주세요.',
  'read.array.idx.empty': '{name} IDX 파일이 비어 있습니다. 크기가 {size}입니다.',
  'read.array.idx.empty.hint': '행이 하나 이상 있는 파일을 골라 주세요.',
  'read.array.idx.damaged': '{name} IDX 파일이 손상되었습니다: {why}.',
  'read.array.idx.damaged.hint': '원본을 다시 복사해 보세요.',
  'read.array.idx.values': '헤더에는 값이 {expected}개라고 적혀 있지만 {values}개가 들어 있습니다',
  'read.array.idx.sizes': '{name}의 그림은 {size}픽셀인데, 앞서 읽은 그림은 {first}픽셀입니다.',
  'read.array.idx.sizes.hint': '한 벌을 이루는 파일은 그림 크기가 모두 같아야 합니다.',
  'read.array.idx.emnist': 'EMNIST의 그림은 파일에 누워 있어, 바로 세웠습니다.',
  'read.array.idx.labels-only': '{name} 파일에는 레이블만 들어 있습니다.',
  'read.array.idx.labels-only.hint': '짝이 되는 그림 파일을 골라 주세요. 그 옆에 있는 레이블은 저절로 찾습니다.',
  'read.array.idx.label-count':
    '{labels}에는 레이블이 {count, plural, other {#개}} 있지만, {pictures}에는 그림이 {rows, plural, other {#개}} 있습니다.',
  'read.array.idx.label-count.hint': '서로 짝이 되는 파일을 골라 주세요.',
  // Files that hold several arrays by name.
  'read.array.label': '{file}의 {array} 배열을 레이블로 보고 따로 두었습니다.',
  'read.array.left-out': '{file}의 {array} 배열은 뺐습니다.',
  'read.array.largest': '{file}에 표가 {count, number}개 있습니다({tables}). 가장 큰 {table}[을/를] 읽었습니다.',
  'read.array.rows-taken':
    '{file}만 보아서는 예시가 행인지 열인지 알 수 없습니다. 행 {count, number}개를 예시로 보았습니다.',
  'read.array.columns-taken':
    '{file}만 보아서는 예시가 행인지 열인지 알 수 없습니다. 열 {count, number}개를 예시로 보았습니다.',
  'read.array.other-rows': '행 {count, number}개',
  'read.array.other-columns': '열 {count, number}개',
  'read.array.several': '{file} 파일에 표가 여러 개 있습니다: {tables}.',
  'read.array.several-of-part': '{file} 파일에 "{part}" 부분의 표가 여러 개 있습니다: {tables}.',
  'read.array.several.window': '하나만 저장하거나 이름을 "train", "valid", "test"로 지어 주세요.',
  'read.array.several.options':
    '하나를 고르거나(--sheet), 하나만 저장하거나, 이름을 "train", "valid", "test"로 지어 주세요.',
  'read.array.no-table': '{file} 파일에 행과 열이 있는 수의 표가 없습니다.',
  'read.array.no-table.none':
    '"train", "valid", "test"라는 배열이나 배열 하나가 있어야 하는데, 배열이 하나도 없습니다.',
  'read.array.no-table.found':
    '"train", "valid", "test"라는 배열이나 배열 하나가 있어야 하는데, 있는 것은 {arrays}입니다.',
  'read.array.unlike':
    '{array} 배열에는 열이 {columns, plural, other {#개}} 있지만 {first}에는 {width, number}개 있습니다.',
  'read.array.unlike.hint': '한 벌을 이루는 배열은 열과 그 순서가 모두 같아야 합니다.',
  'read.array.greys': '0에서 1 사이의 값을 0에서 255 사이의 회색 값으로 보았습니다.',
}
