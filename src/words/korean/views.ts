import type { views as english } from '../english/views'
import type { Translation } from '../translation'

export const views: Translation<typeof english> = {
  'view.home': '홈',
  'view.data': '데이터',
  'view.model': '모델',
  'view.train': '학습',
  'view.samples': '표본',
  'view.ask': '물어보기',
  'view.runs': '기록',
  'view.learn': '배우기',
  'view.settings': '설정',
}
