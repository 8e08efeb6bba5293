import type { learnViewFigures as english } from '../english/learn-view-figures'
import type { Translation } from '../translation'

export const learnViewFigures: Translation<typeof english> = {
  // The small MADE.
  'learn.explorer.label': '작은 MADE',
  'learn.explorer.inputs': '입력',
  'learn.explorer.hidden': '은닉층 {layer}',
  'learn.explorer.outputs': '출력',
  'learn.explorer.draw': '마스크 새로 뽑기',
  'learn.explorer.natural': '원래 순서',
  'learn.explorer.nothing': '출력을 마우스로 가리키거나 Tab 키로 골라 보세요.',
  'learn.explorer.input': '입력 {name}의 자리는 {place}번입니다.',
  'learn.explorer.output':
    '{name}의 출력은 {place}번 자리에 있습니다. {seen}만 보고, {name} 자신과 그 뒤에 오는 입력은 보지 않습니다.',
  'learn.explorer.output-blind':
    '{name}의 출력은 {place}번 자리에 있습니다. 볼 수 있는 입력이 없으므로 {name}의 값이 얼마나 자주 1인지만 알고 답합니다.',
  'learn.explorer.unit':
    '이 은닉 유닛의 차수는 {degree}입니다. {degree, plural, =1 {1번 자리의 입력} other {1번부터 #번 자리까지의 입력}}만 볼 수 있으며, 여기서는 {seen}입니다.',
  'learn.explorer.input-label': '입력 {number}, {place}번 자리',
  'learn.explorer.output-label': '출력 {number}, {place}번 자리',
  'learn.explorer.unit-label': '은닉층 {layer}의 유닛 {number}, 차수 {degree}',

  // The chain rule on nine pixels.
  'learn.chain.step':
    '{known, plural, =0 {아직 아무것도 모른 채 첫 번째 픽셀을 묻습니다} other {앞의 픽셀 #개를 알 때 {pixel}번째 픽셀을 묻습니다}}',

  // The losses of the paper.
  'learn.losses.of': '논문의 이진화한 MNIST로 잰 시험 손실',
  'learn.losses.bar': '막대로 보기',
  'learn.losses.nats': 'nat',
  'learn.losses.bits': '비트/픽셀',
  'learn.losses.coins': '픽셀마다 동전 던지기',
  'learn.losses.mixture': '베르누이 500개의 혼합 모델',
  'learn.losses.made-500': 'MADE, 은닉층 하나에 유닛 500개',
  'learn.losses.made-8000': 'MADE, 은닉층 하나에 유닛 8,000개',
  'learn.losses.nade': 'NADE, MADE의 바탕이 된 모델',
  'learn.losses.made-two': 'MADE, 은닉층 둘에 마스크 32개',
  'learn.losses.eonade': 'EoNADE, 여러 순서의 NADE',
  'learn.losses.belief': '심층 신뢰 신경망(어림값)',
  'learn.losses.others': '다른 모델',
  'learn.losses.shorter': '짧을수록 좋습니다. 끊어진 막대는 줄여서 그린 것입니다.',
}
