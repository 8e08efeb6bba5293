import type { issues as english } from '../english/issues'
import type { Translation } from '../translation'

export const issues: Translation<typeof english> = {
  'issue.too-big': '{name}의 값은 {most} 이하여야 합니다.',
  'issue.not-less': '{name}의 값은 {bound}보다 작아야 합니다.',
  'issue.too-many': '{name}에는 항목이 {most, plural, other {#개}} 이하여야 합니다.',
  'issue.too-long': '{name}의 값은 {most, plural, other {#자}} 이하여야 합니다.',
  'issue.too-small': '{name}의 값은 {least} 이상이어야 합니다.',
  'issue.not-more': '{name}의 값은 {bound}보다 커야 합니다.',
  'issue.too-few': '{name}에는 항목이 {least, plural, other {#개}} 이상이어야 합니다.',
  'issue.too-short': '{name}의 값은 {least, plural, other {#자}} 이상이어야 합니다.',
  'issue.other-type':
    '{name}의 값은 {type, select, int {정수여야} number {수여야} string {글이어야} boolean {예 또는 아니요여야} array {목록이어야} undefined {없어야} other {객체여야}} 합니다.',
  'issue.other-value': '{name}의 값은 다음 가운데 하나여야 합니다: {values}.',
  'issue.unknown-kind': '{name}의 값이 알려진 종류가 아닙니다.',
  'issue.invalid': '{name}의 값이 올바르지 않습니다.',
  'issue.request': '요청',
}
