import type { runs as english } from '../english/runs'
import type { Translation } from '../translation'

export const runs: Translation<typeof english> = {
  'run.preparing-model': '모델을 준비하고 있습니다',
  'run.unknown-data': '알 수 없는 데이터',
  'run.unnamed-label': '레이블',
  'run.needs-fresh-orderings': '빈 값이 있는 행은 있는 값만으로 학습하므로, 갱신할 때마다 새 순서가 필요합니다.',
  'run.needs-fresh-orderings.window': '모델 화면에서 순서를 “갱신할 때마다 새로”로 정해 주세요.',
  'run.needs-fresh-orderings.options': '--orderings -1을 지정해 주세요.',
  'run.memory':
    '이 모델을 학습하려면 메모리가 약 {needed} 필요한데, {whose, select, process {이 프로세스가 쓸 수 있는 메모리는} other {이 컴퓨터의 메모리는}} {usable}입니다.',
  'run.memory.hint': '은닉 유닛을 줄이거나, 미니배치를 줄이거나, sgd처럼 메모리를 덜 쓰는 최적화 방법을 골라 보세요.',
  'run.gigabytes': '{gigabytes, number, ::.0} GB',
  'run.other-best':
    '디스크에 있는 가장 좋은 모델은 체크포인트에 적힌 에포크 {expected}의 모델이 아니라 에포크 {there}의 모델입니다.',
  'run.other-best.hint': '이 학습을 이어서 하면 다음에 검증한 모델이 가장 좋은 모델이 됩니다.',
  'run.best-lost.hint': '학습은 계속됩니다. 다음에 검증한 모델이 가장 좋은 모델이 됩니다.',

  'run.diverged':
    '에포크 {epoch}에서 {what, select, loss {손실이} valid {검증 손실이} test {시험 손실이} other {가중치가}} {became, select, infinite {무한대가 되었습니다} other {수가 아니게 되었습니다}}.',
  'run.diverged.best-kept': '학습률이 너무 큰 것 같습니다. 지금까지 가장 좋은 모델(에포크 {epoch})은 그대로 있습니다.',
  'run.diverged.none-kept': '학습률이 너무 큰 것 같습니다. 그전에 검증한 모델이 없어 남은 모델이 없습니다.',
  'run.diverged.no-more': '이 학습은 발산했으므로 이어서 할 수 없습니다. {failure}',
  'run.diverged.unknown': '값이 무한대가 되었습니다.',
  'run.diverged.no-more.hint':
    '마지막 체크포인트에서 이어서 해도 같은 일이 생깁니다. 학습률을 줄여 새로 학습해 보세요.',
  'run.exploded': '손실이 폭발했습니다. 동전 던지기의 {times, number, ::@#}배입니다.',
  'run.exploded.beyond': '손실이 폭발했습니다. 동전 던지기의 백만 배가 넘습니다.',
  'run.exploded.paused': '학습률이 너무 큰 것 같습니다. 시간을 낭비하지 않도록 학습을 일시 정지했습니다.',
  'run.exploded.going-on': '학습률이 너무 큰 것 같습니다. 학습을 끝내고 학습률을 10분의 1로 줄여 보세요.',
  'run.engine-lost.hint':
    '{checkpoint, select, yes {저장한 것은 모두 그대로 있습니다. 마지막 체크포인트에서} other {아직 체크포인트가 없어 처음부터}} {where, select, same {같은 엔진으로} other {{engine} 엔진으로}} 이어서 학습합니다.',
  'run.engine-too-small.hint': '대신 CPU 엔진으로 학습합니다.',

  'run.filling.other-columns': '모델의 입력은 {inputs}개인데, 데이터에는 비트 열이 {columns}개 있습니다.',
  'run.filling.other-columns.hint': '모델을 학습할 때 쓴 데이터를 골라 주세요.',
  'run.filling.nothing-missing': '{name}에는 빈 값이 없습니다.',
  'run.filling.nothing-missing.hint': '빈칸이나 ?가 들어 있는 데이터를 골라 주세요.',

  'run.all-epochs-done': '요청한 {epochs, plural, other {#에포크}}를 모두 마친 학습입니다.',
  'run.all-epochs-done.hint': '이어서 하려면 에포크를 늘려 주세요.',
  'run.data-changed': '이 학습의 데이터({name})가 학습을 시작한 뒤에 바뀌었습니다.',
  'run.data-changed.hint': '원래 파일을 되돌려 놓거나, 새 데이터로 새로 학습해 주세요.',
  'run.no-model-yet': '이 학습에는 아직 그런 모델이 없습니다.',
  'run.no-model-yet.hint': '첫 에포크가 끝난 뒤에 다시 시도해 주세요.',

  'run.in-folder': '{path}에 있는 학습 기록',
  'run.remarks-in-folder': '{path}에 있는 학습 기록의 별표와 메모',
  'run.folder-taken': '{path}에 이미 학습 기록이 있습니다.',
  'run.folder-taken.hint': '다른 폴더를 고르거나, "made resume"으로 그 학습을 이어서 해 주세요.',
  'run.folder-taken.rename': '둘 가운데 하나의 이름을 바꾸어 주세요.',
  'run.none-in-folder': '{path}에는 학습 기록이 없습니다.',
  'run.none-in-folder.hint': '학습 기록을 저장한 폴더를 골라 주세요.',
  'run.record-damaged':
    '{path}에 있는 학습 기록을 열 수 없습니다. run.json이 손상되었고, 그 사본이 든 체크포인트도 없습니다.',
  'run.record-damaged.hint':
    '백업에서 폴더를 되살려 주세요. 가장 좋은 모델 best.safetensors는 아직 읽을 수 있을지도 모릅니다.',
  'run.checkpoint.checksum': '이 체크포인트는 손상되었습니다: 수가 체크섬과 맞지 않습니다.',
  'run.checkpoint.version': '이 체크포인트는 손상되었습니다: 이 버전의 체크포인트가 아닙니다.',
  'run.checkpoint.counters': '이 체크포인트는 손상되었습니다: 진행 상황을 읽을 수 없습니다.',
  'run.checkpoint.hint': '더 앞선 체크포인트가 있으면 거기에서 이어서 학습합니다.',
  'run.no-samples': '에포크 {epoch}의 표본이 남아 있지 않습니다.',
  'run.no-samples.hint': '다른 에포크를 골라 주세요.',
  'run.busy-here': '이 학습 기록은 이미 작업 중입니다.',
  'run.busy-here.hint': '작업이 끝날 때까지 기다리거나, 작업을 끝내 주세요.',
  'run.busy-elsewhere':
    '{remote, select, yes {{host}에 있는 } other {}}다른 MADE Studio나 made 명령이 이 학습 기록으로 작업하고 있습니다.',
  'run.busy-elsewhere.hint': '작업이 끝날 때까지 기다리거나, 그쪽에서 작업을 끝내 주세요.',
  'run.taken-over':
    '이쪽이 응답하지 않는 동안 {remote, select, yes {{host}에 있는 } other {}}다른 MADE Studio나 made 명령이 이 학습을 넘겨받았습니다.',
  'run.taken-over.hint':
    '그쪽에서 마지막 체크포인트부터 이어서 학습합니다. 그 뒤로 여기에는 아무것도 저장하지 않았습니다.',
  'run.not-locked': '이 학습 기록의 폴더를 쓰기용으로 잠글 수 없습니다.',

  'run.built-in.digits': '손글씨 숫자',
  'run.built-in.any-order': '순서를 가리지 않는 숫자',
  'run.built-in.mushrooms': '버섯',
  'run.built-in': 'MADE Studio에 들어 있는 학습 기록이라 바꿀 수 없습니다.',
  'run.built-in.hint': '설정을 가져와 새로 학습하면 마음대로 바꿀 수 있습니다.',
  'run.gone': '이 학습 기록은 이제 없습니다.',
  'run.gone.hint': '옮기거나 지웠을 수 있습니다.',
  'run.not-in-bin': '이 학습 기록은 이제 휴지통에 없습니다.',
  'run.not-in-bin.hint': '이미 되살렸거나 휴지통을 비웠을 수 있습니다.',
  'run.unusable-name': '폴더 “{name}”에 학습 기록이 있지만, 이 이름은 일부 시스템에서 다른 뜻으로 쓰입니다.',
  'run.unusable-name.hint': '폴더 이름을 바꾸면 열 수 있습니다.',
  'run.runs-folder.full': '{path}[이/가] 있는 디스크가 가득 찼습니다.',
  'run.runs-folder.full.hint':
    '디스크에 빈 공간을 마련하거나 다른 폴더를 골라 주세요. 지금은 이전 폴더를 그대로 씁니다.',
  'run.runs-folder.unusable': '{path}에는 학습 기록을 둘 수 없습니다: {reason}.',
  'run.runs-folder.unusable.hint': '다른 폴더를 골라 주세요. 지금은 이전 폴더를 그대로 씁니다.',
}
