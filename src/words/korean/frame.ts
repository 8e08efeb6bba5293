import type { frame as english } from '../english/frame'
import type { Translation } from '../translation'

export const frame: Translation<typeof english> = {
  'frame.title': '{view} – MADE Studio',
  'frame.drop': '데이터, 모델, 학습 기록 폴더를 여기에 놓으면 열립니다',

  // What is said in many places.
  'frame.cancel': '취소',
  'frame.close': '닫기',
  'frame.close-message': '메시지 닫기',
  'frame.undo': '실행 취소',
  'frame.try-again': '다시 시도',
  'frame.choose-file': '파일 고르기…',
  'frame.engines.looking': '엔진을 찾는 중…',

  // On a projector.
  'frame.projector': '발표',
  'frame.projector.help': '그림을 하나씩 전체 화면에 크게 보여 줍니다(F5)',
  'frame.projector.previous': '이전 그림',
  'frame.projector.next': '다음 그림',
  'frame.projector.leave': '발표 화면 나가기',
  'frame.projector.none': '아직 보여 줄 그림이 없습니다.',

  // The rail.
  'frame.views': '화면',
  'frame.rail.training': '(학습 중)',
  'frame.rail.paused': '(일시 정지됨)',
  'frame.rail.failed': '(실패함)',
  'frame.rail.diverged': '(발산함)',
  'frame.rail.problem': '(문제가 생긴 화면)',

  // The status line.
  'frame.status.go': '학습 화면으로 이동',
  'frame.status.stopped': '계산이 멈췄습니다',
  'frame.status.and-waiting': '{now} · {runs, plural, other {#개 대기}}',
  'frame.status.loss': '{loss} nat',
  'frame.status.test-loss': '시험 {loss} nat',
  'frame.status.fastest': '엔진 {engines, number}개 중 가장 빠른 엔진',
  'frame.status.no-engine': '쓸 수 있는 엔진이 없습니다',

  // What was interrupted.
  'frame.banner.interrupted': '“{name}” 학습이 중간에 끊겼습니다. 마지막 체크포인트까지 저장되어 있습니다.',
  'frame.banner.continue': '이어서 하기',
  'frame.banner.later': '나중에',
  'frame.banner.start-again': '다시 시작',

  // Data that are opened.
  'frame.data.opening-mnist': 'MNIST를 여는 중…',
  'frame.data.opening-mnist-again': 'MNIST를 다시 여는 중…',
  'frame.data.drawing': '행을 뽑는 중…',
  'frame.data.drawing-again': '행을 다시 뽑는 중…',
  'frame.data.reading': '{file}[을/를] 읽는 중…',
  'frame.data.reading-again': '{file}[을/를] 다시 읽는 중…',
  'frame.data.opening': '{name}[을/를] 여는 중…',
  'frame.data.opening-again': '{name}[을/를] 다시 여는 중…',
  'frame.data.preparing': '데이터를 전처리하는 중…',
  'frame.data.still-open': '{name}[은/는] 그대로 열려 있습니다.',
  'frame.data.mnist-instead': '대신 MNIST를 열었습니다.',

  // Why training cannot begin.
  'frame.train.opening': '아직 데이터를 여는 중입니다.',
  'frame.train.too-few':
    '모델을 만들기에는 데이터의 비트가 너무 적습니다. 데이터 화면에서 이유와 해결 방법을 볼 수 있습니다.',
  'frame.train.memory': '이 모델은 메모리에 다 들어가지 않습니다.',

  // What was set is as it was, or is set again.
  'frame.undone': '“{setting}” 설정을 되돌렸습니다.',
  'frame.undone.several': '설정 여러 개를 되돌렸습니다.',
  'frame.undone.data': '데이터를 이전 상태로 되돌렸습니다.',
  'frame.redone': '“{setting}” 설정을 다시 바꿨습니다.',
  'frame.redone.several': '설정 여러 개를 다시 바꿨습니다.',
  'frame.redone.data': '데이터를 다시 바꿨습니다.',

  // Runs.
  'frame.runs.binned': '“{name}”[을/를] 휴지통으로 옮겼습니다.',
  'frame.runs.bin-empty': '휴지통을 비웠습니다. 지운 학습 기록은 시스템 휴지통에 있습니다.',
  'frame.runs.reported': '보고서를 저장했습니다.',
  'frame.runs.packed': '꾸러미를 저장했습니다.',
  'frame.runs.packed.no-rows': '시험 데이터 없이 꾸러미를 저장했습니다. 데이터를 찾을 수 없거나 너무 많습니다.',

  // Engines to choose from.
  'frame.engine.absent': '{engine}, 사용할 수 없음',
  'frame.engine.on-gpu': '{engine}, GPU에서 계산',
  'frame.engine.on-cpu': '{engine}, CPU에서 계산',
}
