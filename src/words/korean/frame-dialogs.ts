import type { frameDialogs as english } from '../english/frame-dialogs'
import type { Translation } from '../translation'

export const frameDialogs: Translation<typeof english> = {
  // Another folder of runs.
  'frame.dialog.runs': '지금 있는 학습 기록 {runs, plural, other {#개}}를 어떻게 할까요?',
  'frame.dialog.runs.detail': '지금은 {from}에 있습니다. 앞으로 학습 기록은 {path}에 저장됩니다.',
  'frame.dialog.runs.move': '새 폴더로 옮기기',
  'frame.dialog.runs.copy': '새 폴더로 복사하기',
  'frame.dialog.runs.leave': '그대로 두기',

  // Closing while a run is under way.
  'frame.dialog.close': '“{name}” 학습이 아직 진행 중입니다.',
  'frame.dialog.close.nameless': '학습이 아직 진행 중입니다.',
  'frame.dialog.close.detail': '지금 상태를 저장해 두면 다음에 MADE Studio를 시작할 때 이어서 할 수 있습니다.',
  'frame.dialog.close.save': '저장하고 닫기',
  'frame.dialog.close.keep': '학습 계속하기',
  'frame.dialog.saving': '“{name}”[을/를] 아직 저장하는 중입니다.',
  'frame.dialog.saving.nameless': '학습을 아직 저장하는 중입니다.',
  'frame.dialog.saving.slow': '모델이 크거나 디스크가 바쁘면 시간이 걸립니다.',
  'frame.dialog.saving.without': '저장하지 않고 닫으면 마지막 체크포인트부터 이어서 하게 됩니다.',
  'frame.dialog.saving.close': '저장하지 않고 닫기',
  'frame.dialog.saving.wait': '계속 기다리기',

  // A window that crashed or hangs.
  'frame.dialog.lost': 'MADE Studio 창이 예기치 않게 멈췄습니다.',
  'frame.dialog.lost.close': '닫기',
  'frame.dialog.silent': 'MADE Studio 창이 응답하지 않습니다.',
  'frame.dialog.silent.wait': '기다리기',
  'frame.dialog.lost.detail': '계산은 별도의 프로세스에서 하므로 데이터와 학습, 학습 기록은 안전합니다.',
  'frame.dialog.lost.show': '다시 표시',

  // A start that fails.
  'frame.dialog.no-start': 'MADE Studio를 시작할 수 없습니다',
  'frame.dialog.no-window': 'MADE Studio 창을 표시할 수 없습니다',
  'frame.dialog.no-window.detail': '{description}. MADE Studio를 다시 설치해 주세요.',

  // What the system tells whoever does not look.
  'frame.notice.finished': '“{name}” 학습을 마쳤습니다',
  'frame.notice.test': '시험 손실: {nats, number, ::.00} nat',
  'frame.notice.group-done': '“{name}” 묶음을 마쳤습니다(학습 {runs, plural, other {#개}})',
  'frame.notice.all-done': '대기열의 학습 {runs, number}개를 모두 마쳤습니다',
  'frame.notice.held': '“{name}” 학습이 멈춰 있습니다. 확인해 주세요',
  'frame.notice.failed': '“{name}” 학습이 제대로 끝나지 못했습니다',

  'frame.dialog.add-on-pack': '추가 기능 팩',
  'frame.dialog.report.page': '웹 페이지',
  'frame.dialog.report.files': '차트와 표가 담긴 보고서',
  'frame.dialog.parcel': '학습 기록 꾸러미',
}
