import type { issues as english } from '../english/issues'
import type { Translation } from '../translation'

export const issues: Translation<typeof english> = {
  'issue.most-entries': '항목이 {most, plural, other {#개}} 이하여야 합니다',
  'issue.least-entries': '항목이 {least, plural, other {#개}} 이상이어야 합니다',
  'issue.at-most': '{most} 이하여야 합니다',
  'issue.less-than': '{most}보다 작아야 합니다',
  'issue.at-least': '{least} 이상이어야 합니다',
  'issue.more-than': '{least}보다 커야 합니다',
  'issue.type':
    '{type, select, int {정수여야} number {수여야} string {글이어야} boolean {참이나 거짓이어야} array {목록이어야} object {객체여야} other {{type} 형식이어야}} 합니다',
  'issue.one-of': '다음 가운데 하나여야 합니다: {values}',
  'issue.unknown-kind': '알려진 종류가 아닙니다',
  'issue.not-valid': '올바르지 않습니다',
}
