import type { tableWords as english } from '../english/table-words'
import type { Translation } from '../translation'

export const tableWords: Translation<typeof english> = {
  'table.layout': `{hasSheet, select,
    yes {<sheet>“{sheetName}” 시트</sheet>에 있는 }
    other {}
  }{fields, select,
    comma {<separator>쉼표로 구분된</separator> }
    semicolon {<separator>세미콜론으로 구분된</separator> }
    tab {<separator>탭으로 구분된</separator> }
    bar {<separator>세로줄로 구분된</separator> }
    blank {<separator>공백으로 구분된</separator> }
    none {<separator>구분자 없이 이어 쓴</separator> }
    other {}
  }{hasText, select,
    yes {<encoding>{text} 텍스트</encoding>로 된 }
    other {}
  }{kind, select,
    pictures {픽셀이 {columns, plural, other {#개}}인 그림 {rows, plural, other {#장}}}
    grey {<direction>회색 값이 {columns, plural, other {#개}}인 {rows, plural, other {#행}}</direction>}
    bits {0과 1로 된 <direction>{rows, plural, other {#행}} {columns, plural, other {#열}}</direction>의 표}
    other {<direction>{rows, plural, other {#행}} {columns, plural, other {#열}}</direction>의 표}
  }입니다.{firstRow, select,
    names { <head>첫 행은 열 이름입니다{skip, plural, =0 {} other {. 그 위의 #줄은 읽지 않았습니다}}</head>.}
    data { <head>열 이름은 없습니다{skip, plural, =0 {} other {. 맨 위의 #줄은 읽지 않았습니다}}</head>.}
    other {}
  }{point, select,
    comma { <decimal>소수점은 쉼표입니다</decimal>.}
    other {}
  }{isTurned, select,
    yes { <direction>행과 열을 서로 바꾸었습니다</direction>.}
    other {}
  }`,
  'table.kinds': '열은 <columns>{kinds}</columns>입니다.',
  'table.kinds.first':
    '{kind, select, categories {범주} numbers {수} dates {날짜} other {0과 1로 된 것}} {columns, plural, other {#개}}',
  'table.kinds.next':
    '{kind, select, categories {범주} numbers {수} dates {날짜} other {0과 1로 된 것}} {columns, plural, other {#개}}',
  'table.left-out.chosen': '<columns>{names} {count, plural, other {열은}} 고른 대로 뺐습니다</columns>.',
  'table.left-out.because': '<columns>{names} {count, plural, other {열은}} {why} 뺐습니다</columns>.',
  'table.left-out.more': '그 밖의 {count, number}개',
  'table.label': '<label>“{name}” 열은 레이블</label>이며, 따로 둡니다.',
  'table.label.none': '<label>레이블로 쓰는 열은 없습니다</label>.',
  'table.missing': '<missing>빈 값{cells, plural, =0 {은 없습니다} other {이 #개 있습니다}}</missing>.',
  'table.missing.written': '<missing>빈 값이 {cells, plural, other {#개}} 있습니다(표기: {marks})</missing>.',
}
