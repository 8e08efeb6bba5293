import type { frameParts as english } from '../english/frame-parts'
import type { Translation } from '../translation'

export const frameParts: Translation<typeof english> = {
  // Folders of runs that were used before.
  'frame.part.other-folder': '<place>{path}</place>에 다른 학습 기록이 {runs, plural, other {#개}} 있습니다',
  'frame.part.use-folder': '그 폴더 사용',

  // The run that stays on show.
  'frame.part.pin': '이 학습 기록 고정',
  'frame.part.pin.keep': '새 학습이 시작되거나 끝나도 이 학습 기록을 계속 보기',
  'frame.part.pin.newest': '가장 최근 학습 기록을 다시 보기',

  // Samples and pictures.
  'frame.part.previous-sample': '이전 표본',
  'frame.part.next-sample': '다음 표본',
  'frame.part.sheet': '{label}. Enter 키를 누르면 하나를 크게 봅니다',
  'frame.part.scale.small': '작게',
  'frame.part.scale.medium': '보통',
  'frame.part.scale.large': '크게',

  // A run that is started anew.
  'frame.part.anew.waits': '진행 중인 학습이 끝나면 시작합니다.',
  'frame.part.anew.left': '진행 중인 학습은 마지막 체크포인트까지 저장하고 멈춥니다.',
  'frame.part.anew.same': '나머지 설정은 그대로입니다.',

  // Rows of a table.
  'frame.part.table.label': '레이블',
  'frame.part.table.missing': '빈 값',
  'frame.part.table.values': '값 {values, plural, other {#개}}',
  'frame.part.table.told': '{column}: {value}',
  'frame.part.table.told.detail': '{told} · {detail}',
  'frame.part.table.share': '{value} {share}',
  'frame.part.table.range': '{least}부터 {most}까지',
  'frame.part.table.missing-share': '빈 값 {share}',

  'frame.part.messages': '알림',
  /** A loss on the bar of the verdict. */
  'frame.part.mark': '{mark}: {loss} nat',
}
