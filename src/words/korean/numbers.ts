import type { numbers as english } from '../english/numbers'
import type { Translation } from '../translation'

export const numbers: Translation<typeof english> = {
  'number.none': '수가 아님',
  'number.unknown': '알 수 없음',
  'number.bits-per': '비트/{input, select, pixel {픽셀} column {열} other {입력}}',
  'number.per': '{input, select, pixel {픽셀당} column {열당} other {입력당}}',
  'number.bits': '{bits}비트{input, select, column {} other {(동전 던지기는 1)}}',

  'number.bytes': '{bytes, plural, other {#바이트}}',
  'number.kilobytes': '{size} KB',
  'number.megabytes': '{size} MB',
  'number.gigabytes': '{size} GB',
  'number.terabytes': '{size} TB',

  'number.seconds': '{seconds, number}초',
  'number.minutes': '{minutes, number}분',
  'number.minutes-seconds': '{minutes, number}분 {seconds, number}초',
  'number.hours': '{hours, number}시간',
  'number.hours-minutes': '{hours, number}시간 {minutes, number}분',
  'number.days': '{days, number}일',
  'number.days-hours': '{days, number}일 {hours, number}시간',
  'number.few-seconds': '몇 초',
  'number.about': '약 {duration}',
  'number.few-seconds-left': '몇 초 남음',
  'number.left': '{duration} 남음',

  'number.today': '오늘\u00a0{time}',
  'number.yesterday': '어제\u00a0{time}',
}
