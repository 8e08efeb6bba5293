import type { labels as english } from '../english/labels'
import type { Translation } from '../translation'

export const labels: Translation<typeof english> = {
  'label.learn': '레이블도 학습하기',
  'label.learn.help':
    '모델이 “{label}”도 함께 학습합니다. 그러면 원하는 종류만 그리게 하고, 종류를 얼마나 잘 구별하는지도 볼 수 있습니다.',
  'label.leads': '모든 순서에서 레이블 “{label}”[이/가] 맨 앞에 옵니다.',

  'label.errors': '검증 오류',
  'label.errors.note': '{rows, plural, other {#행}} 중',
  'label.errors.later': '첫 에포크가 끝난 뒤',
  'label.test-errors': '시험 오류',
  'label.test-loss': '레이블을 뺀 시험 손실',
  'label.calibration': '보정 오차',
  'label.calibration.note': '확률이 실제와 어긋난 정도',
  'label.curve': '잘못 맞힌 레이블',
  'label.curve.label':
    '레이블을 잘못 맞힌 검증 행의 비율, 에포크별: {first}에서 {last}까지, 가장 낮을 때 {epoch, number}번째 에포크 뒤 {least}',
  'label.curve.now': '검증 {rows, plural, other {#행}} 중 {share}',
  'label.curve.least': '최저 {share}, 에포크 {epoch, number}',
  'label.column.errors': '잘못 맞힌 레이블',
  'label.result': '레이블은 따로 셉니다. 그중 {share}에서 레이블을 잘못 맞혔습니다.',

  'label.confusion': '무엇을 무엇으로 보는지',
  'label.confusion.tab': '오답',
  'label.confusion.tabs': '표본 또는 오답',
  'label.confusion.rows': '행: 실제 종류. 열: 모델이 본 종류, 행에서 차지하는 백분율.',
  'label.confusion.cell': '{is}[을/를] {taken}[으로/로] 봄: {rows, number}개 중 {count, number}개',
  'label.confusion.right': '{is}[을/를] 바르게 봄: {rows, number}개 중 {count, number}개',
  'label.confusion.none': '다른 것으로 본 행이 없습니다.',
  'label.confusion.worst':
    '가장 자주 틀린 경우: {is}[을/를] {taken}[으로/로] 봄, {rows, number}개 중 {count, number}개.',
  'label.confusion.corner': '실제',

  'label.choose': '어떤 {label}',
  'label.any': '아무거나',
  'label.each': '종류마다 한 줄',
  'label.drawn': '{label} {word} · {sample}',
  'label.dialog': '{label} {word}',
  'label.grid': '{label}마다 한 줄로 놓은 표본, Enter를 누르면 확대합니다',
  'label.export': '고른 종류만 내보냅니다: {label} {word}.',
  'label.now': '먼저 {label}: {word}, 확률은 {chance}였습니다.',
  'label.now.given': '먼저 {label}: 요청한 {word}입니다.',
  'label.thinks': '모델 스스로는 이것을 {chance}의 확률로 {word}[이라/라]고 봅니다.',
  'label.thinks.second':
    '모델 스스로는 이것을 {chance}의 확률로 {word}[이라/라]고 봅니다. 그다음은 {second}, {secondChance}입니다.',
}
