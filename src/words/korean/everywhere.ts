import type { common as english } from '../english/everywhere'
import type { Translation } from '../translation'

export const common: Translation<typeof english> = {
  'common.in-turn': '{first} {second}',
  'common.internal': 'MADE Studio 안에서 문제가 생겼습니다: {message}.',
  'common.internal.hint': '저장된 것은 그대로 있습니다. 다시 시도해 보시고, 또 생기면 이 문장을 알려 주세요.',
  'common.given-up': '차례가 오기 전에 그만두었습니다.',
  'common.given-up.hint': '아무것도 바꾸지 않았습니다.',
  'common.chance': '{chance, number, percent}',
  'common.chance.under': '{chance, number, percent} 미만',
  'common.chance.over': '{chance, number, percent} 초과',
}
