import type { readingTables as english } from '../english/reading-tables'
import type { Translation } from '../translation'

export const readingTables: Translation<typeof english> = {
  // Files
  'read.table.cancelled': '데이터 열기를 취소했습니다.',
  'read.table.cancelled.hint': '열려 있던 데이터는 그대로 열려 있습니다.',
  'read.table.damaged': '{format} 파일 {name}[이/가] 손상되었습니다: {why}.',
  'read.table.damaged.hint': '원본을 다시 복사하거나, 파일을 만든 프로그램에서 다시 저장해 보세요.',
  'read.table.why.unreadable': '내용을 읽을 수 없습니다',
  'read.table.why.ends-early': '파일이 중간에 끊겼습니다',
  'read.table.why.end-missing': '끝부분이 없습니다',
  'read.table.absent': '{path} 파일이 없습니다.',
  'read.table.absent.hint': '이름을 확인하거나 다른 파일을 골라 주세요.',
  'read.table.not-file': '{path}[은/는] 파일이 아닙니다.',
  'read.table.not-file.hint': '폴더나 장치가 아닌 파일을 골라 주세요.',
  'read.table.unreadable': '{path} 파일을 읽을 수 없습니다({why}).',
  'read.table.became-shorter': '{path} 파일을 읽을 수 없습니다(읽는 동안 파일이 짧아졌습니다).',
  'read.table.unreadable.hint': '읽기 권한이 있는지, 디스크가 연결되어 있는지 확인해 주세요.',
  // Files that are one set
  'read.table.no-data': '{kind, select, folder {폴더} zip {zip 파일} other {tar 파일}} {name}에 데이터가 없습니다.',
  'read.table.several-sets':
    '{kind, select, folder {폴더} zip {zip 파일} other {tar 파일}} {name}에 데이터가 여러 벌 있습니다: {files}{more, select, yes { 등} other {}}.',
  'read.table.several-sets.hint':
    '{kind, select, folder {그중 파일 하나를 골라 주세요.} other {압축을 풀고 그중 파일 하나를 골라 주세요.}}',
  'read.table.other-format': '{name} 파일은 형식이 달라서 뺐습니다.',
  'read.table.labels-left-out':
    '{name}의 레이블이 들어 있을 수 있는 {labels} 파일은 쓰지 않았습니다. 레이블은 {name}에 label이라는 열로 넣어 주세요.',
  'read.table.alone': '{name}만 따로 읽었습니다.',
  'read.table.unlike.hint': '한 벌을 이루는 파일은 열이 같아야 합니다.',
  'read.table.unlike.count':
    '{file} 파일은 {columns, plural, other {#열}}인데, 앞에서 읽은 파일은 {before, number}열입니다.',
  'read.table.unlike.name': '{file} 파일에는 “{column}” 열이 있지만, 앞에서 읽은 파일에는 없습니다.',
  // Text
  'read.table.encoding': '{file}[은/는] UTF-8이 아니어서 {encoding}[으로/로] 읽었습니다.',
  'read.table.long-row': '{file} 파일에 {bytes, number}바이트가 넘는 행이 있습니다.',
  'read.table.long-row.hint': '한 줄에 예시가 하나씩 있는 텍스트 파일을 골라 주세요.',
  'read.table.no-text': '{file}[은/는] 텍스트 파일이 아닙니다: {at}번째 바이트가 0입니다.',
  'read.table.no-text.hint': '텍스트 파일이나 MADE Studio에서 읽을 수 있는 다른 형식의 파일을 골라 주세요.',
  'read.table.turned-width':
    '{file}의 {line}번째 줄은 {fields, plural, other {#칸}}인데, 다른 줄은 {width, number}칸입니다.',
  'read.table.turned-width.hint': '행과 열을 바꾸려면 모든 줄의 열 수가 같아야 합니다.',
  'read.table.many-items': '{file} 파일에 항목이 모두 {most, number}개 넘게 들어 있습니다.',
  // Rows and columns
  'read.table.fewer-rows.hint': '행을 줄여 주세요.',
  'read.table.fewer-columns.hint': '열을 줄여 주세요.',
  'read.table.many-columns': '데이터의 열이 {most, number}개를 넘습니다. MADE Studio는 그보다 많은 열을 읽지 못합니다.',
  'read.table.many-rows': '데이터가 {most, number}행을 넘습니다.',
  'read.table.no-rows': '{name}에 행이 없습니다.',
  'read.table.no-rows.hint': '행이 하나라도 있는 파일을 골라 주세요.',
  'read.table.no-columns': '{name}에 값이 있는 열이 없습니다.',
  'read.table.no-columns.hint': '레이블 말고도 열이 둘 이상인 데이터를 골라 주세요.',
  'read.table.missing-words':
    '{holds, select, dates {날짜가} other {수가}} 들어 있는 “{column}” 열에서 {words}[을/를] {kinds, plural, other {}}빈 값으로 보았습니다({rows, plural, other {#행}}).',
  'read.table.dressed': '“{column}” 열의 값을 수로 읽었습니다. {written}[은/는] {value}[으로/로] 읽었습니다.',
  'read.table.doubtful-dates':
    '“{column}” 열의 날짜는 {example}처럼 일과 월을 가릴 수 없어서 {first, select, day {일이} other {월이}} 먼저라고 보고 읽었습니다.',
  'read.table.left-out.declared': '{file}의 “{column}” 열은 데이터가 아니라고 적혀 있어서 뺐습니다.',
  'read.table.left-out.declared.why': '데이터가 아니라고 적혀 있어서',
  'read.table.left-out.row-names': '{file}의 각 행 첫 칸은 행 이름이어서 뺐습니다.',
  'read.table.left-out.row-names.why': '행 이름이 들어 있어서',
  'read.table.left-out.nameless': '{file}의 첫 열은 이름이 없어서 행 번호로 보고 뺐습니다.',
  'read.table.left-out.nameless.why': '행 번호처럼 이름이 없어서',
  'read.table.left-out.counter': '{file}의 “{column}” 열은 행 번호여서 뺐습니다.',
  'read.table.left-out.counter.why': '행 번호여서',
  // Labels
  'read.table.label': '{file}의 “{column}” 열을 레이블로 보고 따로 두었습니다.',
  'read.table.label.digits': '{columns, number}개 열 가운데 첫 열을 28×28 그림의 레이블로 보았습니다.',
  'read.table.label.varied': '{file}의 “{column}” 열은 레이블로 쓰기에는 값의 종류가 너무 많아서 보통 열로 두었습니다.',
  // Parquet
  'read.table.parquet.no-columns': '{file}에 열이 없습니다.',
  'read.table.parquet.no-columns.hint': '데이터가 들어 있는 파일을 골라 주세요.',
  'read.table.parquet.many-columns': '{file}에 열이 {columns, plural, other {#개}} 있습니다.',
  'read.table.parquet.large-group':
    '{file}에는 한 행 그룹에 {rows, plural, other {#행}}이 들어 있습니다. 최대 {most, number}행까지 읽습니다.',
  'read.table.parquet.large-column': '{file}에는 한 행 그룹에서 {bytes, number}바이트를 차지하는 열이 있습니다.',
  'read.table.parquet.smaller-groups.hint': '행 그룹을 더 작게 나누어 다시 저장해 보세요.',
  'read.table.parquet.many-values':
    '{file}의 {column} 열은 한 행 그룹에 값이 {values, number}개 들어 있습니다. 최대 {most, number}개까지 읽습니다.',
  'read.table.parquet.many-values.hint': '행 그룹을 10,000행 정도로 더 작게 나누어 다시 저장해 보세요.',
  'read.table.parquet.memory':
    '{file}의 {column} 열은 {rows, plural, other {#행}}짜리 그룹에서 메모리를 너무 많이 차지합니다.',
  'read.table.parquet.memory.hint': '행 그룹을 10,000행 정도로 더 작게 나누어 파일을 다시 저장해 보세요.',
  // Why a Parquet file is damaged: each follows a colon
  'read.table.parquet.scattered': '{column} 열이 파일 여기저기에 흩어져 있습니다',
  'read.table.parquet.column-outside': '{column} 열이 파일 밖에 있습니다',
  'read.table.parquet.column-count':
    '{rows, plural, other {#행}}짜리 그룹에서 {column} 열의 값이 {values, plural, other {#개}}입니다',
  'read.table.parquet.page-outside': '{column} 열에 그 밖으로 벗어나는 페이지가 있습니다',
  'read.table.parquet.page-unknown': '{column} 열에 무엇이 들었는지 알 수 없는 페이지가 있습니다',
  'read.table.parquet.column-unpacks': '{column} 열의 압축을 풀면 {bytes, number}바이트가 됩니다',
  'read.table.parquet.page-values': '{column} 열에 값이 {values, plural, other {#개}}인 페이지가 있습니다',
  'read.table.parquet.column-differs':
    '푸터에는 {column} 열의 값이 {values, number}개라고 적혀 있는데 실제로는 {found, plural, other {#개}}입니다',
  'read.table.parquet.group-rows': '푸터에 적힌 {rows, number}행과 그룹의 행 수가 맞지 않습니다',
  'read.table.parquet.short': '파일이 너무 짧습니다',
  'read.table.parquet.footer-length': '푸터의 길이가 {bytes, number}바이트일 수 없습니다',
  'read.table.parquet.unreadable': '내용을 읽을 수 없습니다({why})',
  'read.table.parquet.check.bytes-outside': '열 밖의 바이트를 가리킵니다',
  'read.table.parquet.check.page-size': '페이지가 너무 큽니다',
  'read.table.parquet.check.levels-outside': '레벨이 페이지 밖에 있습니다',
  'read.table.parquet.check.gaps': '한 페이지에 값보다 빈 값이 많습니다',
  'read.table.parquet.check.long-runs': '이어지는 값의 수가 너무 많습니다',
  'read.table.parquet.check.malformed': '파일의 설명 부분이 올바르지 않습니다',
}
