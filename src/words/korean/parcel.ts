import type { parcel as english } from '../english/parcel'
import type { Translation } from '../translation'

/** 꾸러미: 학습 기록과 모델을 담은 zip 파일 하나. */
export const parcel: Translation<typeof english> = {
  'parcel.too-large': 'zip 파일에 담기에는 너무 큽니다. 4GiB까지 담을 수 있습니다.',
  'parcel.too-large.hint': '대신 학습 기록의 폴더를 복사하세요.',

  'parcel.readme.report': 'report.html은 이 학습의 보고서입니다. 차트와 표는 charts와 tables 폴더에 있습니다.',
  'parcel.readme.model':
    'model.safetensors는 가장 좋은 모델입니다. 가중치와 순서, 차수, 그리고 행을 입력으로 바꾸는 방법이 들어 있습니다.',
  'parcel.readme.run': 'run.json에는 설정과 데이터의 해시, 결과가, metrics.jsonl에는 손실이 들어 있습니다.',
  'parcel.readme.load':
    'load.py는 PyTorch만으로 모델을 불러와 test.npy(또는 0과 1로 된 다른 .npy 파일)의 손실을 계산하고 표본을 뽑습니다.',
  'parcel.readme.test':
    'test.npy에는 시험 데이터 {rows, plural, other {#행}}이 들어 있습니다. 저장된 연결 {connectivities, plural, other {#개}}로 평균한 손실은 {nats} nat이며, load.py로도 0.0001까지 같은 값이 나옵니다.',
  'parcel.readme.no-test':
    '이 꾸러미에는 시험 데이터가 없습니다. “made data convert”로 데이터를 배열로 바꿀 수 있고, “made evaluate --model model.safetensors --data …”로 손실을 계산할 수 있습니다.',
  'parcel.readme.open': '이 파일을 MADE Studio 창에 끌어다 놓으면 학습 기록에 들어갑니다.',

  'parcel.it': '{file} 안의 학습 기록',
  'parcel.damaged.record': '꾸러미가 손상되었습니다. run.json을 읽을 수 없습니다.',
  'parcel.damaged.other-model': '꾸러미가 손상되었습니다. 모델이 이 학습 기록의 것이 아닙니다.',
  'parcel.damaged.strange': 'MADE Studio의 꾸러미가 아닙니다. 그 안의 {part} 파일이 다른 곳을 가리킵니다.',
  'parcel.damaged.hint': '꾸러미를 만든 사람에게 다시 받아 보세요. 아무것도 가져오지 않았습니다.',
  'parcel.many-files':
    'MADE Studio의 꾸러미가 아닙니다. 파일이 {files, number}개나 들어 있습니다. 꾸러미에는 {most, number}개까지 들어갑니다.',
  'parcel.part-large': 'MADE Studio의 꾸러미가 아닙니다. 그 안의 {part} 파일이 너무 큽니다.',
}
