import type { model as english } from '../english/model'
import type { Translation } from '../translation'

export const model: Translation<typeof english> = {
  'model.engine.cpu': 'CPU로 계산합니다. 언제나 쓸 수 있습니다.',
  'model.engine.webgpu': '이 프로그램에 들어 있는 브라우저 엔진을 통해 그래픽 카드로 계산합니다.',
  'model.engine.tensorflow': 'CUDA 11.2와 cuDNN 8.1을 통해 NVIDIA 카드로 계산합니다. 카드가 없으면 CPU로 계산합니다.',

  'model.number':
    '{what, select, inputs {입력 수가} layers {은닉층 수가} units {은닉층 {layer}의 유닛 수가} values {변수 하나의 값의 수가} other {같은 변수의 수가}} {value}입니다. {least}부터 {most}까지의 정수여야 합니다.',
  'model.number.hint': '수를 바꾸고 다시 시도해 주세요.',
  'model.unknown-activation': '{activation}[은/는] 알 수 없는 활성화 함수입니다.',
  'model.unknown-activation.hint': '다음 가운데 하나를 골라 주세요: {activations}.',
  'model.too-many-parameters':
    '이 모델의 매개변수는 {parameters, number}개가 됩니다. 최대 {most, number}개까지 쓸 수 있습니다.',
  'model.too-many-parameters.hint': '은닉 유닛이나 은닉층을 줄여 보세요.',
  'model.variables.columns': '변수의 열은 {columns}개인데, 모델의 입력은 {inputs}개입니다.',
  'model.variables.too-few': '변수가 {variables}개입니다. 적어도 {least}개여야 합니다.',
  'model.variables.leading': '맨 앞에 올 변수 {variable}[이/가] 0부터 {last}까지의 변수 가운데 없습니다.',
  'model.variables.leads-twice': '변수 {variable}[이/가] 맨 앞에 두 번 나옵니다.',
  'model.variables.unknown-kind': '{kind}[은/는] 알 수 없는 변수 종류입니다.',
  'model.variables.hint': '열을 쓰는 방식을 바꾸고 다시 시도해 주세요.',
  'model.orthogonal-too-wide':
    '직교 행렬 초기화는 너비가 {most}유닛 이하인 층에만 쓸 수 있는데, 이 모델에는 더 넓은 층이 있습니다.',
  'model.orthogonal-too-wide.hint': '초기화를 균등 분포로 바꾸어 보세요.',
  'model.too-many-pairs':
    '순서 {orderings}개와 마스크 {masks}개로 평균 낼 쌍이 {pairs}개 생깁니다. 최대 {most}개까지 쓸 수 있습니다.',
  'model.too-many-pairs.hint': '32와 32처럼 한쪽이 다른 쪽을 나누는 두 수를 골라 주세요.',
  'model.list-length':
    '{what, select, orderings {순서} other {마스크}} 수가 {value}입니다. 1부터 {most}까지의 정수이거나, 제한 없음을 뜻하는 −1이어야 합니다.',
  'model.misfit.layers': '모델에 층 {layers}개의 차수가 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.degrees': '모델의 은닉층 {layer}에 차수가 {degrees}개 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.degree': '모델에 1부터 {most}까지를 벗어난 차수 {degree}[이/가] 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.ordering':
    '모델에 {what, select, inputs {입력} other {변수}} {places}개의 순서가 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.permutation':
    '모델에 1부터 {variables}까지의 순열이 아닌 순서가 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.leading': '모델에 맨 앞에 와야 할 변수가 먼저 오지 않는 순서가 들어 있어 모델의 구조와 맞지 않습니다.',
  'model.misfit.hint': '모델을 만든 곳에서 다시 내보내 주세요.',
}
