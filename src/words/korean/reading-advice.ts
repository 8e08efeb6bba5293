import type { readingAdvice as english } from '../english/reading-advice'
import type { Translation } from '../translation'

export const readingAdvice: Translation<typeof english> = {
  'read.advice.use': '쓰려면 맨 위 문단에서 이 열을 설명하는 부분을 눌러 “사용하기”를 고르면 됩니다.',
  'read.advice.use.words': '쓰려면 범주로 읽어 보세요(--categorical {column}).',
  'read.advice.use.numbers': '쓰려면 수의 크기로 읽어 보세요(--numeric {column}).',
  'read.advice.use-label': '열로 쓰려면 맨 위 문단에서 레이블을 설명하는 부분을 눌러 “레이블 없음”을 고르면 됩니다.',
  'read.advice.use-label.option': '열로 쓰려면 레이블이 없다고 알려 주세요(--no-label).',
  'read.advice.keep-words': '뜻이 있는 값이라면 “열” 목록에서 이 열을 “범주로” 바꾸면 됩니다.',
  'read.advice.keep-words.option': '뜻이 있는 값이라면 그 열을 범주로 읽어 보세요(--categorical {column}).',
  'read.advice.dates':
    '{first, select, day {일이} other {월이}} 먼저라면 맨 위 문단에서 열의 종류를 설명하는 부분을 눌러 “{first, select, day {일} other {월}}”을 고르면 됩니다.',
  'read.advice.dates.option':
    '{first, select, day {일이} other {월이}} 먼저라면 그렇게 알려 주세요(--dates {first}-first).',
  'read.advice.other':
    '다른 {what, select, sheet {시트를} other {표를}} 읽으려면 맨 위 문단에서 {what, select, sheet {시트를} other {표를}} 설명하는 부분을 누르면 됩니다.',
  'read.advice.other.option': '다른 것을 읽으려면 이름을 적어 주세요(--sheet).',
  'read.advice.encoding': '글자가 잘못되었다면 맨 위 문단에서 글을 설명하는 부분을 누르면 됩니다.',
  'read.advice.encoding.option': '글자가 잘못되었다면 다른 인코딩을 적어 주세요(--encoding).',
  'read.advice.one-header':
    '첫 행에만 이름이 있다면 맨 위 문단에서 첫 행을 설명하는 부분을 눌러 “열 이름 있음”을 고르면 됩니다.',
  'read.advice.one-header.option': '첫 행에만 이름이 있다면 그렇게 알려 주세요(--header).',
  'read.advice.lines': '그 안에 데이터가 있다면 맨 위 문단에서 첫 행을 설명하는 부분을 누르면 됩니다.',
  'read.advice.lines.option': '그 안에 데이터가 있다면 읽으라고 알려 주세요({option}).',
  'read.advice.turn':
    '{others}[이/가] 예시라면 맨 위 문단에서 행과 열을 설명하는 부분을 눌러 “{turns, select, yes {행과 열 바꾸기} other {그대로}}”를 고르면 됩니다.',
  'read.advice.turn.option': '{others}[이/가] 예시라면 행과 열을 바꾸어 주세요({option}).',
}
