import type { dataSources as english } from '../english/data-sources'
import type { Translation } from '../translation'

export const dataSources: Translation<typeof english> = {
  // MNIST
  'source.mnist.absent': '{folder}에 내장 MNIST 숫자가 없습니다.',
  'source.mnist.unreadable': '{folder}에 있는 내장 MNIST 숫자를 읽을 수 없습니다.',
  'source.mnist.damaged': '내장 MNIST 숫자가 손상되었습니다: {why}.',
  'source.mnist.hint':
    'MADE Studio를 다시 설치해 주세요. 소스 코드에서 실행한다면 "node scripts/make-mnist.mjs"를 실행하면 됩니다.',
  'source.mnist.packed': '{file}의 압축을 풀 수 없습니다',
  'source.mnist.pictures': '{file}에 {width}×{height} 픽셀 그림이 {rows, plural, other {#장}} 들어 있습니다',
  'source.mnist.labels': '{file}에 레이블이 {rows, plural, other {#개}} 들어 있습니다',
  // Built-in tables
  'source.table.absent': '내장 표 {name}[을/를] 찾을 수 없습니다.',
  'source.table.absent.hint': '최신 MADE Studio를 설치하거나 가지고 있는 파일을 열어 주세요.',
  // Synthetic sets
  'source.synthetic.bars-and-stripes': '막대와 줄무늬',
  'source.synthetic.noisy-parity': '잡음 섞인 패리티',
  'source.synthetic.markov-chain': '마르코프 연쇄',
  'source.synthetic.ising-strip': '이징 띠',
  'source.synthetic.limit.whole':
    '합성 데이터의 {setting} 값이 {value}입니다. {least}에서 {most} 사이의 정수여야 합니다.',
  'source.synthetic.limit.fraction':
    '합성 데이터의 {setting} 값이 {value}입니다. {least}에서 {most} 사이의 수여야 합니다.',
  'source.synthetic.limit.hint': '값을 바꾸어 다시 시도해 주세요.',
  'source.synthetic.setting.seed': '시드',
  'source.synthetic.setting.size': '크기',
  'source.synthetic.setting.columns': '열 수',
  'source.synthetic.setting.noise': '잡음',
  'source.synthetic.setting.order': '차수',
  'source.synthetic.setting.height': '높이',
  'source.synthetic.setting.width': '너비',
  'source.synthetic.setting.coupling': '결합 세기',
  'source.synthetic.long-order':
    '{columns, plural, other {#비트}}짜리 연쇄는 앞의 {order, number}비트를 기억할 수 없습니다.',
  'source.synthetic.long-order.hint': '차수를 열 수보다 작게 정해 주세요.',
  // Greys that become bits
  'source.binarize.threshold': '문턱값이 {threshold}입니다. 1에서 {most} 사이의 정수여야 합니다.',
  'source.binarize.threshold.hint': '중간 회색을 기준으로 하려면 128로 정하면 됩니다.',
  'source.binarize.seed': '시드가 {seed}입니다. 0에서 {most} 사이의 정수여야 합니다.',
  'source.binarize.seed.hint': '1처럼 더 작은 정수로 정해 주세요.',
  // Mixtures of Bernoullis
  'source.mixture.cancelled': '혼합 모델 맞추기를 취소했습니다.',
  'source.mixture.cancelled.hint': '열려 있던 것은 그대로입니다.',
  'source.mixture.components':
    '성분이 {components}개인 혼합 모델을 학습 데이터 {rows, plural, other {#행}}에 맞출 수 없습니다.',
  'source.mixture.components.hint': '성분의 수를 {least, number}에서 {most, number} 사이의 정수로 정해 주세요.',
  // Sheets of rows
  'source.sheet.no-rows': '그릴 행이 없습니다.',
  'source.sheet.no-rows.hint': '행을 하나 이상 골라 주세요.',
  'source.sheet.large':
    '{rows, plural, other {#행}}을 한 장에 그리면 {width}×{height} 픽셀이 됩니다. PNG에는 이런 행을 {fits, number}개까지 담을 수 있습니다.',
  'source.sheet.large.hint': '행을 줄이거나 NPY를 골라 주세요.',
}
