import type { frameMenu as english } from '../english/frame-menu'
import type { Translation } from '../translation'

export const frameMenu: Translation<typeof english> = {
  'frame.menu.about': 'MADE Studio에 관하여',
  'frame.menu.settings': '설정…',
  'frame.menu.quit': 'MADE Studio 종료',
  'frame.menu.exit': '종료',

  'frame.menu.file': '파일',
  'frame.menu.open-data': '데이터 열기…',
  'frame.menu.recent': '최근 파일 열기',
  'frame.menu.export-samples': '표본 내보내기…',
  'frame.menu.fill-missing': '빈 값 채우기…',
  'frame.menu.reveal-run': '학습 기록 폴더 보기',
  'frame.menu.close-window': '창 닫기',

  'frame.menu.edit': '편집',
  'frame.menu.undo': '실행 취소',
  'frame.menu.redo': '다시 실행',
  'frame.menu.cut': '잘라내기',
  'frame.menu.copy': '복사',
  'frame.menu.paste': '붙여넣기',
  'frame.menu.delete': '삭제',
  'frame.menu.select-all': '모두 선택',

  'frame.menu.run': '학습',
  'frame.menu.primary-action': '이 화면의 주요 동작',
  'frame.menu.toggle-pause': '학습 일시 정지 또는 이어서 하기',

  'frame.menu.view': '보기',
  'frame.menu.actual-size': '실제 크기',
  'frame.menu.zoom-in': '확대',
  'frame.menu.zoom-out': '축소',
  'frame.menu.full-screen': '전체 화면 전환',
  'frame.menu.projector': '발표 화면',

  'frame.menu.window': '창',
  'frame.menu.minimize': '최소화',
  'frame.menu.zoom-window': '창 크기 조절',
  'frame.menu.to-front': '모두 앞으로 가져오기',

  'frame.menu.help': '도움말',
  'frame.menu.learn': 'MADE의 원리',
}
