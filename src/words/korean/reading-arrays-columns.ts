import type { readingArraysColumns as english } from '../english/reading-arrays-columns'
import type { Translation } from '../translation'

export const readingArraysColumns: Translation<typeof english> = {
  // Arrow.
  'read.array.columns.none': '{name}에 열이 없습니다.',
  'read.array.columns.many': '{name}에 열이 {columns, number}개 있습니다.',
  'read.array.columns.many.hint': '열을 줄여 주세요.',
  'read.array.columns.arrow-too-large': '{name} Arrow 파일은 메모리나 시간이 너무 많이 듭니다.',
  'read.array.columns.arrow-too-large.hint': '나누어 읽을 수 있는 Parquet 형식으로 저장해 주세요.',
  'read.array.columns.arrow-unreadable': '읽을 수 없습니다',
  'read.array.columns.arrow-rows': '행이 {rows}개일 수 없습니다',
  'read.array.columns.arrow-piece': '적힌 크기대로 풀리지 않는 조각이 있습니다',
  'read.array.columns.arrow-dictionary': '사전이 없는 열이 있습니다',
  'read.array.columns.arrow-kind': '읽을 수 없는 종류의 값이 있습니다',
  'read.array.columns.arrow-short': '적힌 길이보다 짧은 열이 있습니다',
  // Columns that are left out, and why.
  'read.array.columns.not-plain': '“{column}” 열은 단순한 값이 아니어서 뺐습니다.',
  'read.array.columns.not-plain.why': '단순한 값이 아니어서',
  'read.array.columns.lists': '“{column}” 열은 길이가 제각각인 목록이어서 뺐습니다.',
  'read.array.columns.lists.why': '길이가 제각각인 목록이어서',
  'read.array.columns.not-everywhere': '{file}의 “{column}” 열은 앞선 파일에 없어 뺐습니다.',
  'read.array.columns.not-everywhere.why': '모든 파일에 있지는 않아서',
  'read.array.columns.beside-pictures': '“{column}” 열은 그림과 함께 쓸 수 없어 뺐습니다.',
  'read.array.columns.beside-pictures.why': '그림과 함께 있어서',
  // Their values.
  'read.array.columns.dates': '{file}의 {column} 열에서 1년부터 9999년까지를 벗어난 날짜는 빈 값으로 두었습니다.',
  'read.array.columns.list-length':
    '{file}의 {column} 열에 값이 {values, plural, other {#개}}인 목록이 있지만, 첫 목록에는 {first, number}개 있습니다({row}행).',
  'read.array.columns.list-length.hint': '한 열의 목록은 길이가 모두 같아야 합니다.',
  'read.array.columns.picture': '{file}의 {row}행',
  'read.array.columns.no-picture': '{file}의 {row}행에 그림이 없습니다.',
  'read.array.columns.no-picture.hint': '그 행을 빼거나 다른 파일을 골라 주세요.',
}
