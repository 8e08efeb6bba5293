import type { readingFormats as english } from '../english/reading-formats'
import type { Translation } from '../translation'

export const readingFormats: Translation<typeof english> = {
  'read.format.packed': '{format}, {packing}[으로/로] 압축됨',
  'read.format.in-archive': '{format}, {kind} 파일 안',
  'read.format.text': '텍스트',
  'read.format.transactions': '거래 목록(한 줄에 항목 목록 하나)',
  'read.format.json-lines': 'JSON 줄 목록(JSON lines)',
  'read.format.sqlite': 'SQLite 데이터베이스',
  'read.format.old-workbook': 'Excel 통합 문서(.xls)',
  'read.format.excel': 'Excel 통합 문서',
  'read.format.open-document': 'OpenDocument 통합 문서',
  'read.format.scipy': 'SciPy 희소 행렬(.npz)',
  'read.format.matrix-market': 'Matrix Market 행렬',
  'read.format.npz': 'NumPy 배열(.npz)',
  'read.format.picture-archive': '그림이 든 {kind} 파일',
  'read.format.picture-folder': '그림 폴더',
  'read.format.workbook': '통합 문서',
}
