import type { parcel as english } from '../english/parcel'
import type { Translation } from '../translation'

/** 꾸러미: 학습 기록과 모델을 담은 zip 파일 하나. */
export const parcel: Translation<typeof english> = {
  'parcel.too-large': 'zip 파일에 담기에는 너무 큽니다. 4GiB까지 담을 수 있습니다.',
  'parcel.too-large.hint': '대신 학습 기록의 폴더를 복사하세요.',
}
