import type { readingMatrices as english } from '../english/reading-matrices'
import type { Translation } from '../translation'

export const readingMatrices: Translation<typeof english> = {
  // Arrays as rows
  'read.matrix.dimensions': '{what}[은/는] {dimensions, plural, other {#차원}}입니다. 행과 열, 두 차원이어야 합니다.',
  'read.matrix.dimensions.hint': '예시 하나가 한 행이 되도록 모양을 바꾸어 주세요.',
  'read.matrix.no-rows': '{what}에 행이 없습니다.',
  'read.matrix.no-rows.hint': '예시를 하나 이상 넣어 주세요.',
  'read.matrix.few-columns':
    '{what}[은/는] {columns, plural, =0 {열이 없습니다} other {열이 하나뿐입니다}}. 열이 {least, number}개 이상 필요합니다.',
  'read.matrix.few-columns.hint': '한 행이 예시 하나이고, 값마다 열이 하나씩 있어야 합니다.',
  'read.matrix.many-columns': '{what}의 열은 {columns, number}개입니다. 최대 {most, number}개까지 쓸 수 있습니다.',
  'read.matrix.many-columns.hint': '그림을 더 작게 하거나 열을 줄여 주세요.',
  'read.matrix.array': '배열 {name}',
  // MATLAB
  'read.matrix.plain.hint': '한 행에 예시가 하나씩 있는 수의 행렬로 저장해 주세요.',
  'read.matrix.not-numbers': '{file}의 변수 {variable}에 든 값이 보통의 수가 아닙니다.',
  'read.matrix.unlike-cells': '{file}의 변수 {variable}[은/는] 서로 다른 것이 섞인 셀 배열입니다.',
  'read.matrix.large-variable': '{file}에 압축을 풀면 {most, number}바이트가 넘는 변수가 있습니다.',
  'read.matrix.large-variable.hint': 'uint8이나 logical처럼 더 작은 자료형으로 저장하거나 행을 줄여 주세요.',
  'read.matrix.large-sparse': '{file}의 희소 변수 {variable}[은/는] 0까지 채우면 값이 {rows}×{columns}개가 됩니다.',
  'read.matrix.large-sparse.hint': '행이나 열을 줄여서 저장해 주세요.',
  // Why a MATLAB file is damaged: each follows a colon
  'read.matrix.why.byte-order': '헤더에 바이트 순서가 적혀 있지 않습니다',
  'read.matrix.why.ends-at': '{at}번째 바이트에서 끊겼습니다',
  'read.matrix.why.outside': '{at}번째 바이트에 있는 변수가 파일 밖으로 벗어납니다',
  'read.matrix.why.many-variables': '변수가 {most, number}개 넘게 들어 있습니다',
  'read.matrix.why.no-variable': '{at}번째 바이트에 변수가 아니라 자료형이 {type}인 요소가 있습니다',
  'read.matrix.why.packed': '{at}번째 바이트에 있는 변수의 압축을 풀 수 없습니다',
  'read.matrix.why.variable-header': '헤더 중간에서 끊긴 변수가 있습니다',
  'read.matrix.why.variable-ends': '중간에 끊긴 변수가 있습니다',
  'read.matrix.why.tag': '태그를 읽을 수 없는 요소가 있습니다',
  'read.matrix.why.cells': '변수 {variable}에 셀이 {cells, number}개 있을 수 없습니다',
  'read.matrix.why.type': '변수 {variable}[이/가] 알 수 없는 자료형({type})으로 저장되어 있습니다',
  'read.matrix.why.length':
    '변수 {variable}의 값은 {bytes, number}바이트인데 크기대로라면 {expected, number}바이트여야 합니다',
  'read.matrix.why.sparse': '희소 변수 {variable}[을/를] 읽을 수 없습니다',
  'read.matrix.why.sparse-row': '희소 변수 {variable}에 {row}번째 행이 나오는데 행은 {rows}개뿐입니다',
  // The Matrix Market
  'read.matrix.kind': '{file} 파일은 {field} 수로 된 {symmetry} 행렬이어서 예시를 모은 표가 아닙니다.',
  'read.matrix.kind.hint': '한 행에 예시가 하나씩 있는, 보통의 수로 된 행렬을 골라 주세요.',
  'read.matrix.many-entries':
    '{file}의 행렬에는 항목이 {entries, number}개 있습니다. 최대 {most, number}개까지 읽습니다.',
  'read.matrix.why.line': '{line}번째 줄에 {text}[이/가] 있습니다',
  'read.matrix.why.no-size': '크기가 적혀 있지 않습니다',
  'read.matrix.why.few-entries':
    '항목이 {announced, number}개라고 적혀 있는데 실제로는 {read, plural, other {#개}}입니다',
  'read.matrix.why.first-line': '첫 줄이 이 형식에 맞지 않습니다',
  'read.matrix.why.size-line': '{line}번째 줄에 크기가 적혀 있지 않습니다',
  'read.matrix.why.more-entries': '적혀 있는 것보다 항목이 많습니다',
  'read.matrix.why.more-values': '적혀 있는 것보다 값이 많습니다',
  // SciPy
  'read.matrix.why.shape': '모양이 행렬이 아닙니다',
  'read.matrix.layout': '{name}의 희소 행렬은 {layout} 방식으로 저장되어 있습니다. csr, csc, coo만 읽습니다.',
  'read.matrix.layout.hint': 'Python에서 다시 저장해 주세요: scipy.sparse.save_npz("….npz", x.tocsr()).',
  'read.matrix.why.unknown-layout': '알 수 없는 방식으로 저장되어 있습니다. csr, csc, coo만 읽습니다',
  'read.matrix.why.lengths': '배열들의 길이가 서로 다릅니다',
  'read.matrix.why.starts': '행이 시작해야 할 곳에서 시작하지 않습니다',
  // Sparse matrices
  'read.matrix.outside': '{file} 파일에 {rows}×{columns} 행렬 밖의 자리가 적혀 있습니다.',
  'read.matrix.kept.model':
    '{file}의 {what, select, features {특징} other {열}} {all, number}개 가운데 모델이 아는 것만 읽었습니다.',
  'read.matrix.kept.named':
    '{file}의 {what, select, features {특징} other {열}} {all, number}개 가운데 어느 행에든 나오는 {kept, number}개만 읽었습니다. 나머지는 어디서나 0입니다.',
  'read.matrix.kept.frequent':
    '{file}의 {what, select, features {특징} other {열}} {all, number}개 가운데 가장 많은 행에 나오는 {most, number}개만 읽었습니다. 모델의 입력은 그보다 많을 수 없습니다.',
}
