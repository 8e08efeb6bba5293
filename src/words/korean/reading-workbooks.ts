import type { readingWorkbooks as english } from '../english/reading-workbooks'
import type { Translation } from '../translation'

export const readingWorkbooks: Translation<typeof english> = {
  'read.workbook.no-sheet': '{file}에 {sheet}[이라/라]는 시트가 없습니다.',
  'read.workbook.no-sheet.hint': '있는 시트는 {sheets}입니다.',
  'read.workbook.several':
    '{file}에 시트가 {count, plural, other {#개}} 있습니다({sheets}). 그중 {sheet}[을/를] 읽었습니다.',
  'read.workbook.joined': '{file}의 열 이름은 {rows, plural, other {#행}}에 걸쳐 있어서 하나로 이었습니다.',
  'read.workbook.merged':
    '{file}에서 셀 {cells, plural, other {#개}}가 여러 칸에 걸쳐 있습니다. 그 칸마다 같은 값을 넣었습니다.',
  'read.workbook.formulas':
    '{file}의 수식 {formulas, plural, other {#개}}는 파일에 값이 없어서 빈 값이 됩니다. 스프레드시트 프로그램에서 열고 저장하면 값이 계산됩니다.',
  'read.workbook.empty': '통합 문서 {file}에 값이 없습니다.',
  'read.workbook.empty-sheet': '{file}의 시트 {sheet}에 값이 없습니다.',
  'read.workbook.empty.hint': '표가 들어 있는 통합 문서나 시트를 골라 주세요.',
  'read.workbook.large': '통합 문서 {file}[은/는] 메모리나 시간이 너무 많이 듭니다.',
  'read.workbook.large.hint': '시트를 CSV로 저장해 보세요. CSV는 길이에 제한이 없습니다.',
  'read.workbook.password': '통합 문서 {file}[은/는] 암호로 보호되어 있습니다.',
  'read.workbook.password.hint': '파일을 열어 암호 없이 저장하거나 시트를 CSV로 저장해 주세요.',
  'read.workbook.no-tables': '데이터베이스 {file}에 표가 없습니다.',
  'read.workbook.no-tables.hint': '표가 들어 있는 데이터베이스를 골라 주세요.',
  'read.workbook.large-database': '데이터베이스 {file}[은/는] 메모리나 시간이 너무 많이 듭니다.',
  'read.workbook.large-database.hint':
    '표를 CSV로 저장해 보세요. CSV는 길이에 제한이 없습니다: sqlite3 -header -csv x.db "select * from t" > t.csv.',
}
