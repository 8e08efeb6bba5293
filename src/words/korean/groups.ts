import type { groups as english } from '../english/groups'
import type { Translation } from '../translation'

export const groups: Translation<typeof english> = {
  'group.in-folder': '{path}에 있는 학습 묶음',
  'group.gone': '학습 묶음이 더는 없습니다.',
  'group.gone.hint': '지금까지 학습한 결과는 기록에 남아 있습니다.',
  'group.damaged': '{path}에 있는 묶음의 계획을 더는 읽을 수 없습니다.',
  'group.damaged.hint': '학습 결과는 기록에 남아 있습니다. 계속하려면 묶음을 새로 만들어 주세요.',
  'group.other-data': '“{name}” 묶음의 데이터가 시작할 때와 다릅니다.',
  'group.other-data.hint': '원래 파일을 되돌려 놓거나 묶음을 새로 만들어 주세요.',
  'group.run-in-queue': '이 학습은 아직 진행 중인 “{name}” 묶음에 들어 있습니다.',
  'group.run-in-queue.hint': '먼저 그 묶음을 대기열에서 빼 주세요.',
  'group.not-moved': '“{name}” 묶음이 진행 중이라 학습 기록을 그대로 두었습니다.',
  'group.not-moved.hint': '그 묶음을 대기열에서 빼거나, 끝난 뒤에 옮겨 주세요.',
  'group.short':
    '이 컴퓨터에서는 학습 {runs, plural, other {#개}}를 한 에포크씩만 해도 약 {needed, number}분이 걸리는데, 정한 시간은 {minutes, number}분입니다.',
  'group.short.hint': '시간을 늘리거나 시도할 값을 줄여 주세요.',
  'group.nothing-varies': '학습끼리 다른 점이 없습니다.',
  'group.nothing-varies.hint': '설정 하나에 두 번째 값을 넣어 주세요.',

  'group.value.yes': '켬',
  'group.value.no': '끔',
  'group.value.fresh': '갱신마다 새로',
  'group.mattered':
    '가장 중요한 설정은 “{setting}”입니다. 중앙값으로 비교하면 {best}[이/가] {worst}보다 {nats, number, ::.00} nat 좋았습니다. 학습 {runs, plural, other {#개}} 사이에 나는 차이의 약 {share, number}%를 설명합니다.',
  'group.mattered.none':
    '뚜렷하게 중요한 설정은 없습니다. 학습 {runs, plural, other {#개}} 사이의 차이를 10분의 1 넘게 설명하는 설정이 없습니다.',

  'group.added': '“{name}” 묶음을 대기열에 넣었습니다.',
  'group.done': '“{name}” 묶음을 마쳤습니다(학습 {runs, plural, other {#개}}).',
  'group.done-told': '“{name}” 묶음을 마쳤습니다. {mattered}',
  'group.compare': '묶음 비교하기',
  'group.compare.help': '묶음의 학습을 나란히 봅니다. 많으면 가장 좋은 것부터 봅니다',
  'group.of': '“{name}” 묶음',
  'group.best': '지금까지 학습 {runs, plural, other {#개}} 가운데 “{name}”[이/가] 가장 좋습니다(검증 손실 {loss} nat).',
  'group.show-best': '가장 좋은 학습 보기',
  'group.go-on': '이어서 하기',
  'group.runs': '학습 {runs, plural, other {#개}}',
  'group.progress': '{of, number}개 중 {over, number}개 마침',
  'group.progress.round': '{rungs, number}단계 중 {rung, number}단계 · {done}',
}
