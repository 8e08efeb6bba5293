import type { computing as english } from '../english/computing'
import type { Translation } from '../translation'

export const computing: Translation<typeof english> = {
  // Requests.
  'compute.request.unknown': '알 수 없는 요청입니다: "{channel}".',
  'compute.request.too-early': '준비가 끝나기 전에 요청이 왔습니다: "{channel}".',
  'compute.request.unknown-page': '알 수 없는 페이지에서 온 요청을 거절했습니다.',
  'compute.request.restart': 'MADE Studio를 다시 시작해 주세요.',
  'compute.request.bad-value.hint': '값을 바꾸어 다시 시도해 주세요.',

  // The process that computes, and the hidden window, when they are lost.
  'compute.lost.died': '계산을 맡은 프로세스가 예기치 않게 멈춰서 다시 시작했습니다.',
  'compute.lost.silent': '계산을 맡은 프로세스가 응답하지 않아서 끝내고 다시 시작했습니다.',
  'compute.reply.unreadable': '계산을 맡은 프로세스가 읽을 수 없는 답을 보냈습니다.',
  'compute.lost.often':
    '계산을 맡은 프로세스가 1분 안에 {times, number}번이나 예기치 않게 멈춰서 다시 시작하지 않았습니다.',
  'compute.lost.run-kept': '학습은 마지막 체크포인트까지 저장되어 있고, 거기서부터 이어서 할 수 있습니다.',
  'compute.lost.nothing': '저장된 것은 그대로 있습니다.',
  'compute.lost.start-again': '계속하려면 다시 시작해 주세요.',
  'compute.closing': 'MADE Studio를 닫는 중입니다.',
  'compute.closing.hint': '저장된 것은 그대로 있습니다. 계속하려면 MADE Studio를 다시 시작해 주세요.',
  'compute.gpu.died': 'GPU 계산을 맡은 프로세스가 예기치 않게 멈췄습니다.',
  'compute.gpu.silent': 'GPU 계산을 맡은 프로세스가 응답하지 않아서 끝냈습니다.',
  'compute.gpu.lost.hint': '저장된 것은 그대로 있습니다. GPU에서 이어서 하거나 CPU 엔진으로 이어서 하면 됩니다.',
  'compute.gpu.no-start': 'GPU 계산을 맡은 프로세스를 시작할 수 없습니다: {why}.',
  'compute.gpu.no-start.late': 'GPU 계산을 맡은 프로세스를 시작할 수 없습니다. 제때 준비되지 않았습니다.',
  'compute.gpu.no-start.often': 'GPU 계산을 맡은 프로세스를 시작할 수 없습니다. 1분 안에 여러 번 멈췄습니다.',
  'compute.gpu.no-start.hint': 'CPU 엔진을 쓰거나, 1분 뒤에 다시 시도해 주세요.',

  // Settings and folders.
  'compute.settings.named': 'MADE Studio 설정',
  'compute.settings.not-written': '설정을 저장할 수 없습니다({why}).',
  'compute.settings.not-written.hint':
    'MADE Studio를 닫을 때까지는 바꾼 설정이 유지됩니다. 폴더에 쓸 수 있는지, 디스크에 빈 공간이 있는지 확인해 주세요.',
  'compute.settings.damaged': '설정을 읽을 수 없어서 기본 설정으로 시작했습니다.',
  'compute.settings.damaged.hint': '손상된 파일은 {path}에 남겨 두었습니다.',
  'compute.settings.unreadable': '{path}에 있는 설정을 읽을 수 없습니다.',
  'compute.settings.unreadable.hint':
    '기본 설정을 사용합니다. 파일은 그대로 두며, 바꾼 설정은 MADE Studio를 닫을 때까지만 유지됩니다.',
  'compute.settings.unknown-folder': '{path}[은/는] 학습 기록 폴더로 쓰인 적이 없습니다.',
  'compute.settings.unknown-folder.hint': '설정에서 폴더를 골라 주세요.',
  'compute.bin': '지운 학습 기록을 시스템 휴지통으로 옮길 수 없습니다.',
  'compute.bin.hint': 'MADE Studio 휴지통에 그대로 있습니다. {folder}에서 직접 지울 수 있습니다.',
  'compute.licences':
    '라이선스 모음은 MADE Studio를 패키지로 만들 때 준비됩니다. 소스 코드에서는 THIRD_PARTY.md에 사용한 것들이 적혀 있습니다.',

  // Data.
  'compute.data.none': '열려 있는 데이터가 없습니다.',
  'compute.data.none.hint': '먼저 내장 MNIST나 파일을 열어 주세요.',
  'compute.data.cancelled': '데이터 열기를 취소했습니다.',
  'compute.data.cancelled.hint': '전에 열려 있던 데이터는 그대로 열려 있습니다.',
  'compute.data.not-there': '{path}에 파일이나 폴더가 없습니다.',
  'compute.data.not-there.hint': '옮겨졌거나 이름이 바뀌었을 수 있습니다.',
  'compute.mixture.busy': '이미 혼합 모델을 맞추는 중입니다.',
  'compute.mixture.busy.hint': '끝날 때까지 기다리거나 취소해 주세요.',
  'compute.mixture.gaps': '빈 값이 있는 행에는 혼합 모델을 맞출 수 없습니다.',
  'compute.mixture.gaps.hint': '혼합 모델과 비교하려면 데이터 화면에서 빈 값을 다루는 다른 방법을 골라 주세요.',
  'compute.fill.busy': '이미 빈 값을 채우는 중입니다.',
  'compute.fill.busy.hint': '끝날 때까지 기다리거나 취소해 주세요.',
  'compute.fill.cancelled': '빈 값 채우기를 취소했습니다.',
  'compute.fill.cancelled.hint': '파일에 쓴 것은 없습니다.',
  'compute.fill.cancelled.some': '다 만든 표 {tables, plural, other {#개}}는 남아 있습니다.',
  'compute.fill.there': '“{name}” 파일이 이미 있습니다.',
  'compute.fill.there.hint': '다른 이름을 골라 주세요. 확장자 앞에 표의 번호를 붙입니다.',

  // Runs.
  'compute.run.reading': '데이터를 읽는 중',
  'compute.run.preparing': '모델을 준비하는 중',
  'compute.run.none': '이 학습은 진행 중이 아닙니다.',
  'compute.run.none.hint': '그사이 끝났을 수 있습니다. 먼저 학습을 시작하거나 이어서 해 주세요.',
  'compute.run.busy': '다른 학습이 진행 중입니다.',
  'compute.run.busy.hint': '그 학습을 끝내거나, 끝날 때까지 기다려 주세요.',
  'compute.run.no-estimate': '학습이 진행 중입니다.',
  'compute.run.no-estimate.hint': '다른 학습에 걸리는 시간은 이 학습이 끝난 뒤에 잽니다.',
  'compute.run.not-paused': '이 학습은 일시 정지 상태가 아닙니다.',
  'compute.run.not-paused.hint': '먼저 일시 정지하거나 끝내 주세요.',
  'compute.run.not-deleted': '진행 중인 학습은 지울 수 없습니다.',
  'compute.run.not-deleted.hint': '먼저 학습을 끝내 주세요.',
  'compute.run.data-missing': '이 학습의 데이터({name})가 {path}에 더 이상 없습니다.',
  'compute.run.data-missing.hint': '파일이 지금 있는 곳을 알려 주세요.',
  'compute.run.closing': 'MADE Studio를 닫는 중입니다.',
  'compute.run.closing.hint': '다음에 학습을 다시 시작해 주세요.',
  'compute.queue.named': '학습 대기열',
  'compute.queue.no-room':
    '{runs, plural, =1 {이 학습에} other {기다리는 학습 #개에}} 많게는 {needed}가 필요한데, 디스크에 {free}만 남아 있습니다.',
  'compute.queue.no-room.hint':
    '{folder} 폴더가 있는 디스크를 비우거나, 다른 학습 폴더를 고르거나, 대기열에서 학습을 빼 주세요.',
  'compute.queue.under-way': '이 학습은 진행 중입니다.',
  'compute.queue.under-way.hint': '일시 정지하고 내려놓거나 끝내 주세요. 그러면 다음 학습이 시작됩니다.',
  'compute.queue.passed-over': '“{name}” 학습을 시작할 수 없어 대기열에서 뺐습니다. {why}',
  'compute.queue.waits': '“{name}” 학습을 시작할 수 없어 대기열이 기다립니다. {why}',
  'compute.queue.kept': '학습 자체는 기록에 남아 있습니다.',
  'compute.samples.no-ordering':
    '이 모델에는 순서가 {orderings, plural, other {#개}} 있어서 {number, number}번 순서는 없습니다.',
  'compute.samples.no-ordering.hint': '더 작은 번호를 골라 주세요.',
  'compute.samples.no-table': '이 모델의 입력이 어느 열인지 모델 파일에 적혀 있지 않습니다.',
  'compute.samples.no-table.hint': '그림이나 숫자로 내보내 보세요.',
  'compute.samples.no-class':
    '{classes, plural, =0 {이 모델은 레이블을 학습하지 않아서} other {이 모델이 아는 종류는 #가지라서}} {number, number}번 종류는 없습니다.',
  'compute.samples.no-class.hint': '아무 종류나 그리게 해 보세요.',
  'compute.ask.other-width':
    '열이 {columns, plural, other {#개}}인 행은 물어볼 수 없습니다. 이 모델의 입력은 {inputs, plural, other {#개}}입니다.',
  'compute.ask.other-width.hint': '학습 기록을 다시 골라 보세요.',
  'compute.ask.no-names.hint': '막대를 눌러 증거를 정해 보세요.',
  'compute.ask.no-row': '시험 데이터에 {number, number}행이 없습니다.',
  'compute.ask.no-row.hint': '번호는 0에서 {last, number}까지입니다.',

  // The add-on pack of TensorFlow.
  'compute.add-on.not-one': '{name}[은/는] 이 MADE Studio의 추가 기능 팩이 아닙니다.',
  'compute.add-on.not-one.hint': '최신 릴리스 페이지에 있는 TensorFlow 파일을 골라 주세요.',
  'compute.add-on.too-large': '{name}[은/는] 압축을 풀면 추가 기능 팩의 최대 크기를 넘습니다.',
  'compute.add-on.other-computer': '{name}[은/는] 다른 종류의 컴퓨터용입니다({made}용이며, 이 컴퓨터는 {here}입니다).',
  'compute.add-on.other-computer.hint': '이름에 이 컴퓨터의 종류가 들어 있는 파일을 골라 주세요.',
  'compute.add-on.other-files': '{name}에 들어 있는 파일이 목록과 다릅니다.',
  'compute.add-on.damaged': '{name}[이/가] 손상되었습니다. 목록과 다른 파일이 들어 있습니다.',
  'compute.add-on.again': '파일을 다시 내려받고, 해시를 SHA256SUMS와 비교해 보세요.',
  'compute.add-on.not-removed': 'TensorFlow 추가 기능 팩을 지울 수 없습니다.',
  'compute.add-on.not-removed.hint': '{folder}에 있으니 직접 지우면 됩니다.',
  'compute.add-on.in-use': 'MADE Studio를 시작한 뒤에 TensorFlow를 사용해서 파일이 사용 중입니다.',
  'compute.add-on.in-use.hint': 'MADE Studio를 다시 시작한 다음, 학습에 쓰기 전에 해 주세요.',
}
