import type { verification as english } from '../english/verification'
import type { Translation } from '../translation'

/** 다시 학습해 매개변수를 견주어 보기. */
export const verification: Translation<typeof english> = {
  'verify.model.best': '가장 좋은 모델',
  'verify.model.newest': '최신 모델',
  'verify.same': '마지막 비트까지 같습니다. {build} 커널로 다시 학습했더니 보관된 것과 같은 매개변수가 나왔습니다.',
  'verify.differs': '{build} 커널로 다시 학습했더니 보관된 것과 다른 매개변수가 나왔습니다.',
  'verify.differs.hint': '파일이 바뀌었거나 다른 버전의 프로그램으로 학습한 것입니다.',
  'verify.differs.plan':
    '학습률 스케줄을 따르다가 이어서 학습한 기록입니다. 에포크를 늘려 이어 갔다면 이전 계획을 알 수 없어 다르게 나올 수 있으며, 잘못된 것은 아닙니다.',
  'verify.impossible.hint': '매개변수가 올바른지는 알 수 없습니다.',
  'verify.other-engine':
    '{engine} 엔진으로 계산한 학습입니다. 이 엔진은 마지막 비트가 매번 같지는 않아 확인할 수 없습니다.',
  'verify.several-builds': '여러 커널로 이어서 계산한 학습이라 한 커널로는 확인할 수 없습니다.',
  'verify.unknown-build': '어떤 커널로 계산했는지 파일에 적혀 있지 않아 확인할 수 없습니다.',
  'verify.model.same': '{model} 같음:',
  'verify.model.differs': '{model} 다름, 보관된 것:',
  'verify.busy': '이미 다른 학습 기록을 확인하고 있습니다.',
  'verify.busy.hint': '끝날 때까지 기다리거나 취소하세요.',
  'verify.training': '진행 중인 학습이 있어 지금은 다시 학습해 볼 수 없습니다.',
  'verify.training.hint': '그 학습이 끝나거나 내려놓은 뒤에 확인하세요.',
  'verify.gave-way': '다른 학습이 시작되어 확인을 그만두었습니다.',
  'verify.gave-way.hint': '그 학습이 끝난 뒤에 다시 확인하세요.',
  'verify.given-up': '확인을 취소했습니다.',
  'verify.given-up.hint': '바뀐 것은 없습니다.',
}
