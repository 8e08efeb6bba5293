import type { readingText as english } from '../english/reading-text'
import type { Translation } from '../translation'

export const readingText: Translation<typeof english> = {
  // What a file holds at all.
  'read.text.empty': '{name} 파일이 비어 있습니다.',
  'read.text.empty-unpacked': '{name} 파일은 압축을 풀면 비어 있습니다.',
  'read.text.empty.hint': '데이터가 들어 있는 파일을 골라 주세요.',
  'read.text.bytes': '헤더에는 {expected}바이트라고 적혀 있지만 {bytes}바이트가 들어 있습니다',
  'read.text.bytes-at-most': '헤더에는 {expected}바이트라고 적혀 있지만 많아야 {possible}바이트가 들어 있습니다',
  'read.text.bytes-beyond': '헤더에 적힌 {expected}바이트 뒤에도 내용이 이어집니다',
  'read.text.unpacks-too-large':
    '{name} 파일은 압축을 풀면 {bytes, number}바이트가 넘습니다. 최대 {most, number}바이트까지 읽습니다.',
  'read.text.unpacks-too-large.hint': '행이 더 적은 파일을 골라 주세요.',
  'read.text.memory': '데이터에 필요한 메모리가 MADE Studio에서 쓰는 한도를 넘습니다.',
  'read.text.memory.hint': '행이나 열을 줄여 주세요.',
  // Formats of tables of text, as a label.
  'read.text.format.csv': 'CSV',
  'read.text.format.csv-semicolons': '세미콜론으로 구분한 CSV',
  'read.text.format.tsv': 'TSV',
  'read.text.format.bars': '세로줄로 구분한 텍스트',
  'read.text.format.spaces': '공백으로 구분한 텍스트',
  'read.text.format.bits': '0과 1로 된 텍스트',
  // Encodings, as a label.
  'read.text.encoding.utf-8': 'UTF-8',
  'read.text.encoding.utf-16le': 'UTF-16',
  'read.text.encoding.utf-16be': 'UTF-16(빅 엔디언)',
  'read.text.encoding.cp949': '한국어(CP949)',
  'read.text.encoding.shift-jis': '일본어(Shift-JIS)',
  'read.text.encoding.euc-jp': '일본어(EUC-JP)',
  'read.text.encoding.gb18030': '중국어(GB18030)',
  'read.text.encoding.big5': '중국어(Big5)',
  'read.text.encoding.windows-1252': '서유럽어(Windows-1252)',
  'read.text.encoding.windows-1250': '중부 유럽어(Windows-1250)',
  'read.text.encoding.windows-1251': '키릴 문자(Windows-1251)',
  'read.text.encoding.windows-1253': '그리스어(Windows-1253)',
  'read.text.encoding.windows-1254': '튀르키예어(Windows-1254)',
  'read.text.encoding.windows-1255': '히브리어(Windows-1255)',
  'read.text.encoding.windows-1256': '아랍어(Windows-1256)',
  'read.text.encoding.koi8-r': '키릴 문자(KOI8-R)',
  'read.text.encoding.unknown': '인코딩 {encoding}[은/는] 알 수 없습니다.',
  'read.text.encoding.unknown.hint': '{encodings} 중에서 골라 주세요.',
  // Tables of text with separators.
  'read.text.windows-1252': '{name}의 글자 일부는 UTF-8이 아니어서 Windows-1252로 읽었습니다.',
  'read.text.above': '{name}의 {lines, plural, =1 {첫 줄은} other {처음 #줄은}} 표 위에 있어 읽지 않았습니다.',
  'read.text.below': '{name}의 {lines, plural, =1 {마지막 줄은} other {마지막 #줄은}} 표 아래에 있어 읽지 않았습니다.',
  'read.text.total':
    '{name}의 마지막 행은 이름이 “{total}”[이라/라] 다른 행의 합계일 수 있지만, 다른 행과 같이 읽었습니다. 합계라면 파일에서 그 행을 지워 주세요.',
  'read.text.remarks':
    '{count, plural, =1 {{name}의 {lines}번째 줄은 주석이어서 뺐습니다.} other {{name}의 #줄은 주석이어서 뺐습니다(줄 번호 {lines}).}}',
  'read.text.full-stops': '{name}의 각 줄 끝에 있는 마침표는 뺐습니다.',
  'read.text.decimal-comma': '{name}의 수에는 소수점 쉼표가 쓰였습니다. {written}[은/는] {point}[으로/로] 읽었습니다.',
  'read.text.fields':
    '{name}의 {line}번째 줄에는 칸이 {fields, plural, other {#개}} 있지만, 그 앞줄에는 {width}개 있습니다.',
  'read.text.digits':
    '{name}의 {line}번째 줄에는 숫자가 {digits, plural, other {#개}} 있지만, 그 앞줄에는 {width}개 있습니다.',
  'read.text.fields.hint': '모든 줄의 열이 같아야 합니다. 그 줄을 살펴보거나 표를 CSV로 다시 저장해 주세요.',
  'read.text.unclosed': '{name}의 {line}번째 줄에서 열린 따옴표가 닫히지 않았습니다.',
  'read.text.unclosed.hint': '그 줄을 살펴보거나 표를 CSV로 다시 저장해 주세요.',
  'read.text.not-a-bit': '{name}의 {line}번째 줄 {place}번째 자리에 0과 1이 아닌 글자가 있습니다.',
  'read.text.not-a-bit.hint': '모든 줄이 0과 1로만 이루어져야 합니다.',
  // ARFF.
  'read.text.arff.no-data': '{name}[은/는] {line}번째 줄에서 끝나지만 @data가 없습니다.',
  'read.text.arff.no-data.hint': '온전한 ARFF 파일을 골라 주세요.',
  'read.text.arff.line': '{name}의 {line}번째 줄 {text}[은/는] ARFF 형식이 아닙니다.',
  'read.text.arff.type': '{name}의 {line}번째 줄에 선언된 자료형 {type}[은/는] 읽지 못합니다.',
  'read.text.arff.type.hint': '읽을 수 있는 자료형은 numeric, real, integer, string, date, {nominal}입니다.',
  'read.text.arff.fields':
    '{name}의 {line}번째 줄에는 칸이 {fields, plural, other {#개}} 있지만, 선언된 속성은 {attributes, plural, other {#개}}입니다.',
  'read.text.arff.unclosed': '{name}의 {line}번째 줄에서 열린 희소 행이 닫히지 않았습니다.',
  'read.text.arff.pair': '{name}의 {line}번째 줄에 있는 {text}[은/는] 속성과 값의 쌍이 아닙니다.',
  'read.text.arff.number': '{name}의 {line}번째 줄에서 수로 선언된 자리에 {text}[이/가] 있습니다.',
  'read.text.arff.word': '{name}의 {line}번째 줄에 있는 {text}[은/는] 선언된 값이 아닙니다.',
  'read.text.arff.hint': '그 줄을 살펴보거나 Weka에서 데이터를 다시 저장해 주세요.',
  // JSON.
  'read.text.json.not': 'JSON 규칙에 맞지 않습니다',
  'read.text.json.not-line': '{line}번째 줄이 JSON 규칙에 맞지 않습니다',
  'read.text.json.no-table': '{name}의 JSON은 표가 아닙니다.',
  'read.text.json.no-table.hint': '표는 행마다 객체가 하나씩 있는 목록입니다: {example}.',
  'read.text.json.lists': '{name}의 “{column}” 열은 목록이 들어 있어서 뺐습니다.',
  'read.text.json.lists.why': '목록이 들어 있어서',
  // LIBSVM.
  'read.text.libsvm.label': '{name}의 {line}번째 줄은 {text}[으로/로] 시작하는데, 레이블이 아닙니다.',
  'read.text.libsvm.pair': '{name}의 {line}번째 줄에 있는 {text}[은/는] 번호와 값의 쌍이 아닙니다.',
  'read.text.libsvm.hint': '각 줄은 "+1 3:1 11:1"처럼 레이블과 번호:값 쌍으로 이루어져야 합니다.',
  'read.text.libsvm.order': '{name}의 {line}번째 줄에서 번호 {last} 다음에 {index}[이/가] 나옵니다.',
  'read.text.libsvm.order.hint': '한 줄에서 번호는 점점 커져야 합니다.',
  'read.text.libsvm.index': '{name}의 {line}번째 줄에 열 번호 {index}[이/가] 있습니다. 열 번호는 {most}까지 읽습니다.',
  'read.text.libsvm.index.hint': '열이 더 적은 데이터를 골라 주세요.',
  // What a person chose of how a file is read.
  'read.text.in-vain':
    '{name}의 형식에서는 {choice, select, header {첫 행이 머리글인지를} skip {위에서 몇 줄을 건너뛸지를} separator {구분자를} decimal {소수점 기호를} dayFirst {날짜에서 일과 월 가운데 무엇이 먼저인지를} encoding {인코딩을} comment {주석 표시를} sheet {시트를} other {행과 열을 바꿀지를}} 고를 수 없어, 고른 값을 쓰지 않았습니다.',
  'read.text.no-column': '{name}에는 {column}[이라/라]는 열이 없습니다.',
  'read.text.no-column.unnamed': '열에 이름이 없어 “column 1”, “column 2”처럼 부릅니다.',
  'read.text.no-column.named': '있는 열은 {columns}입니다.',
  'read.text.bad-label': '{name}의 “{column}” 열은 서로 다른 값이 너무 많아 레이블이 될 수 없습니다.',
  'read.text.bad-label.hint': '다른 열을 골라 주세요.',
  'read.text.several-tables': '{name}에 표가 {count, number}개 있습니다({tables}). {table}[을/를] 읽었습니다.',
  'read.text.no-table': '{name}에는 {table}[이라/라]는 표가 없습니다.',
  'read.text.no-table.none': '표가 하나도 없습니다.',
  'read.text.no-table.named': '있는 표는 {tables}입니다.',
}
