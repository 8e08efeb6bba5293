import type { homeView as english } from '../english/home-view'
import type { Translation } from '../translation'

export const homeView: Translation<typeof english> = {
  'home.title': '아무도 쓴 적 없는 숫자',
  'home.text':
    '작은 신경망이 손글씨 숫자 50,000개를 보고 배웠습니다. 이제 픽셀을 하나씩, 앞서 정한 픽셀들에 맞춰 정하면서 새 숫자를 그립니다. 모든 일은 이 컴퓨터 안에서 일어납니다.',
  'home.field': '모델이 지금 그리고 있는 숫자들',
  'home.beginning': '첫 숫자를 그리는 중…',
  'home.drawing': '픽셀 {pixels}개 중 {drawn}개째',
  'home.drawing-as': '숫자 {digit}[을/를] 그리는 중: 픽셀 {pixels}개 중 {drawn}개째',
  'home.drawn': '세상에 없던 숫자입니다',
  'home.drawn-as': '세상에 없던 숫자 {digit}입니다',
  'home.pause': '그리기 멈추기',
  'home.go-on': '이어서 그리기',
  'home.play': '모델과 놀아 보기',
  'home.play.text': '숫자를 반만 그리고 나머지가 어떻게 될지 보세요. 무엇이 그럴듯한지 물어보세요.',
  'home.watch': '배우는 모습 보기',
  'home.watch.see': '배우는 모습 보러 가기',
  'home.watch.text': '모델을 직접 학습시켜 보세요. 30초쯤 지나면 숫자를 그립니다.',
  'home.watch.starting': '숫자를 준비하는 중…',
  'home.watch.running': '지금 모델을 학습시키고 있습니다.',
  'home.bring': '내 데이터 가져오기',
  'home.bring.text': '스프레드시트, 표, 그림: 파일을 고르거나 창 아무 데나 끌어다 놓으세요.',
}
