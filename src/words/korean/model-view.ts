import type { modelView as english } from '../english/model-view'
import type { Translation } from '../translation'

export const modelView: Translation<typeof english> = {
  'draft.subtitle': '{data}, 입력 {inputs, plural, other {#개}}',
  'draft.train': '학습 시작',
  'draft.train-next': '다음에 학습',
  'draft.train-later': '대기열에 추가',
  'draft.go-to-run': '학습 화면 보기',
  'draft.wrong':
    '{wrong, plural, one {먼저 “{field}” 설정을 고쳐 주세요.} other {먼저 “{field}” 등 설정 #개를 고쳐 주세요.}}',
  'draft.wrong.show': '설정 보기',

  'draft.other-data':
    '“{run}”의 설정입니다. 이 모델은 <b>{trained}</b> 데이터(입력 {trainedInputs, plural, other {#개}})로 학습했습니다. 지금 열린 데이터는 {open}(입력 {openInputs, plural, other {#개}})입니다.',
  'draft.other-data.open': '{data} 열기',
  'draft.other-data.keep': '열린 데이터 쓰기',

  'draft.presets': '사전 설정',
  'draft.preset.quick': '빠르게 보기',
  'draft.preset.quick.run': '빠르게 보기',
  'draft.preset.quick.mnist': '작은 모델입니다. 금세 알아볼 만한 숫자를 그려 냅니다.',
  'draft.preset.quick.other': '작은 모델입니다. 데이터에서 무엇을 배울 수 있는지 금세 보여 줍니다.',
  'draft.preset.one': '은닉층 하나(논문)',
  'draft.preset.one.run': '은닉층 하나',
  'draft.preset.one.mnist':
    '논문처럼 넓은 은닉층 하나를 씁니다. 논문이 이진화한 MNIST에서 보고한 손실은 88.40\u00a0nat입니다.',
  'draft.preset.one.other': '논문이 숫자 그림에 쓴 넓은 은닉층 하나입니다. 웬만한 표에는 필요 이상으로 큽니다.',
  'draft.preset.two': '은닉층 둘, 마스크 32개(논문)',
  'draft.preset.two.run': '은닉층 둘, 마스크 32개',
  'draft.preset.two.mnist':
    '이진화한 MNIST에서 논문의 가장 좋은 모델입니다. 마스크 32개로 손실이 86.64\u00a0nat입니다.',
  'draft.preset.two.other': '논문에서 가장 큰 모델이며 마스크 32개를 씁니다. 그림이 많은 데이터에 알맞습니다.',
  'draft.preset.none.run': '내 모델',
  'draft.preset.time': '이 컴퓨터에서 {time}',

  'draft.hidden.inputs': '입력',
  'draft.hidden.outputs': '출력',
  'draft.hidden.add': '층 추가',
  'draft.hidden.remove': '{layer, number}층 삭제',
  'draft.hidden.problem': '{layer, number}층: {problem}',
  'draft.hidden.help': '층마다 둘 은닉 유닛 수입니다. 많을수록 더 많이 배우지만 더 오래 걸립니다.',
  'draft.hidden.limits': '층마다 유닛 {bounds}개, 최대 {layers, number}층.',
  'draft.hidden.limits.preset': '“{preset}”에서는 {units} · 층마다 유닛 {bounds}개, 최대 {layers, number}층.',

  'draft.orderings': '순서',
  'draft.orderings.text': '모델이 입력을 어떤 순서로 하나씩 예측할지 정합니다.',
  'draft.orderings.number': '순서 개수',
  'draft.orderings.one': '갱신할 때마다 같은 순서를 씁니다. 가장 빨리 배우며, 기본값입니다.',
  'draft.orderings.list': '무작위 순서의 목록을 돌아가며 씁니다. 시험에서는 모든 순서를 평균합니다.',
  'draft.orderings.fresh': '갱신할 때마다 새 무작위 순서를 씁니다. 가장 느리게 배우지만 가장 두루 쓸 수 있습니다.',
  'draft.masks': '마스크',
  'draft.masks.text':
    '어느 은닉 유닛이 어느 입력을 볼 수 있는지 정합니다. 마스크가 여럿이면 모델 하나가 여러 모델처럼 움직입니다.',
  'draft.masks.number': '마스크 개수',
  'draft.masks.one': '갱신할 때마다 같은 마스크를 씁니다. 가장 빨리 배우며, 기본값입니다.',
  'draft.masks.list': '무작위 마스크의 목록을 돌아가며 씁니다. 시험에서는 모든 마스크를 평균합니다.',
  'draft.masks.fresh': '갱신할 때마다 새 무작위 마스크를 씁니다. 가장 느리게 배우지만 가장 두루 쓸 수 있습니다.',
  'draft.list.one': '하나',
  'draft.list.list': '목록',
  'draft.list.fresh': '갱신마다 새로',
  'draft.order': '어떤 순서',
  'draft.order.natural': '원래 순서',
  'draft.order.random': '무작위 순서',
  'draft.order.natural.picture': '왼쪽 위부터 한 줄씩 차례로 갑니다.',
  'draft.order.natural.row': '첫 입력부터 마지막 입력까지 차례로 갑니다.',
  'draft.order.random.text': '시드에서 뽑은 무작위 순서 하나를 씁니다.',

  'draft.advanced': '고급 설정',
  'draft.advanced.text': '활성화 함수, 최적화 방법, 미니배치, 조기 종료, 시드, 엔진',
  'draft.advanced.learns': '배우는 방법',
  'draft.advanced.trains': '학습 길이와 장치',
  'draft.advanced.made': '모델의 구성',

  'draft.about': '모델 정보',
  'draft.figures': '수치로 본 모델',
  'draft.figures.parameters': '매개변수',
  'draft.figures.memory': '학습할 때 메모리',
  'draft.figures.epoch': '에포크 하나',
  'draft.figures.all': '에포크 전체',
  'draft.figures.file': '모델 파일',
  'draft.memory.none': '메모리가 모자랍니다. 이 컴퓨터의 메모리는 {memory}입니다. 유닛 수를 줄여 보세요.',
  'draft.memory.little':
    '이 컴퓨터의 메모리 {memory} 가운데 많은 부분을 씁니다. 학습하기 전에 다른 큰 프로그램을 닫아 주세요.',
  'draft.architecture': '구조',
  'draft.architecture.drawing': '입력에서 출력까지 이어지는 모델의 층',
  'draft.architecture.more': '{layers, plural, other {그리고 #층 더}}',

  'draft.stairs.ways': '그림 속 유닛의 차례',
  'draft.stairs.sorted': '정렬',
  'draft.stairs.unsorted': '놓인 대로',
  'draft.stairs.next': '다음',
  'draft.stairs.layer': '{layer, number}층',
  'draft.stairs.outputs': '출력',
  'draft.stairs.direct': '직접 연결',
  'draft.stairs.mask': '{name} 마스크, 연결의 {share} 남음',
  'draft.stairs.text':
    '작은 네모 하나가 작게 줄인 모델의 층으로 들어가는 연결 하나입니다. 채워진 네모가 남은 연결입니다.',
  'draft.stairs.sorted.text':
    '자리와 차수로 정렬하면 계단 모양이 됩니다. 그래서 어떤 출력도 자기 입력을 보지 못합니다.',
  'draft.stairs.unsorted.text': '같은 마스크를 유닛이 놓인 대로 그렸습니다.',
  'draft.stairs.changing.text': '같은 마스크를 유닛이 놓인 대로 그렸습니다. 갱신할 때마다 마스크가 바뀝니다.',
}
