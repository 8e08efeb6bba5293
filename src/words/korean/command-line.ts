import type { commandLine as english } from '../english/command-line'
import type { Translation } from '../translation'

export const commandLine: Translation<typeof english> = {
  'cli.see-help': '“made --help”나 “made <{command}> --help”를 참고하세요.',

  'cli.usage.unknown-command': '“{command}”[이라/라]는 명령은 없습니다.',
  'cli.usage.unknown-option': '“{option}”[이라/라]는 옵션은 없습니다.',
  'cli.usage.did-you-mean': '혹시 {similar}인가요?',
  'cli.usage.did-you-mean.one-of': '혹시 다음 가운데 하나인가요? {similar}',
  'cli.usage.argument-missing': '꼭 필요한 인수 “{argument}”[이/가] 없습니다.',
  'cli.usage.value-missing': '옵션 “{option}”에 값이 없습니다.',
  'cli.usage.option-missing': '꼭 필요한 옵션 “{option}”[이/가] 없습니다.',
  'cli.usage.conflict': '옵션 “{option}”[은/는] 옵션 “{other}”[과/와] 함께 쓸 수 없습니다.',
  'cli.usage.too-many': '인수가 너무 많습니다. {expected, plural, other {#개}}여야 하는데 {got, number}개입니다.',

  'cli.value.no-number': '{option}의 값 “{text}”[은/는] 수가 아닙니다.',
  'cli.value.no-whole': '{option}의 값이 “{text}”입니다. {least} 이상의 정수여야 합니다.',
  'cli.value.most': '{option}의 값이 {value}입니다. {most}까지만 쓸 수 있습니다.',
  'cli.value.one-of': '{option}의 값이 “{text}”입니다. 다음 가운데 하나여야 합니다: {words}.',
  'cli.value.names': '{option}의 값이 “{text}”입니다. 이름들을 쉼표로 나누어 적어야 합니다.',
  'cli.value.least': '{option}의 값이 {value}입니다. {least} 이상이어야 합니다.',
  'cli.score.incomplete': '값이 빠진 행이 있습니다. 모르는 값에는 항이 없습니다.',
  'cli.score.incomplete.hint': '--by-variable이나 --missing을 빼 보세요.',
  'cli.score.shard': '--shard의 값이 “{text}”입니다. 0/8부터 7/8처럼 번호와 전체 개수여야 합니다.',
  'cli.score.no-list':
    '이 모델은 갱신마다 새 순서나 마스크를 쓰거나, 어떻게 뽑는지 적혀 있지 않아 전체 목록이 없습니다.',
  'cli.score.no-list.hint': '--all-connectivities를 빼 보세요.',
  'cli.value.ending': '{option}의 값이 “{text}”입니다. {ending}[으로/로] 끝나야 합니다.',
  'cli.value.size': '--size의 값이 “{text}”입니다. 28x28처럼 너비와 높이여야 합니다.',
  'cli.value.size.other':
    '--size의 값 {size}[은/는] {pixels, plural, other {#픽셀}}인데, 모델의 입력은 {inputs, plural, other {#개}}입니다.',
  'cli.value.cuts':
    '{option}의 값이 “{text}”입니다. 수 하나에 {kind, select, bins {구간 {most}개} other {{most}비트}}까지만 쓸 수 있습니다.',
  'cli.value.kernels': '--kernels의 값은 cpu 엔진의 빌드인데, --engine은 {engine}입니다.',
  'cli.value.kernels.hint': '둘 가운데 하나를 빼 보세요.',
  'cli.value.data-empty': '--data의 값이 비어 있습니다.',
  'cli.value.data-empty.hint': '“mnist”나 파일 또는 폴더의 경로를 적어 주세요.',
  'cli.value.settings': '설정',

  'cli.data.none': '데이터가 주어지지 않았습니다.',
  'cli.data.none.hint': '--data mnist 또는 --data <{file}>[을/를] 덧붙여 주세요.',
  'cli.data.no-file': '파일을 읽는 방법을 정했지만, 데이터가 파일이 아닙니다.',
  'cli.data.no-file.hint': '--separator나 --label 같은 옵션을 빼거나, 파일을 지정해 주세요.',
  'cli.data.no-columns': '열을 어떻게 바꿀지 정했지만, 데이터가 열이 있는 파일이 아닙니다.',
  'cli.data.no-columns.hint': '--bits나 --omit, --missing 같은 옵션을 빼거나, 파일을 지정해 주세요.',
  'cli.data.no-label': '{name}에는 학습할 레이블이 없습니다.',
  'cli.data.no-label.hint': '--label로 열 하나를 레이블로 지정하거나, --learn-label을 빼 보세요.',
  'cli.data.unlabelled': '합성 데이터의 행에는 학습할 레이블이 없습니다.',
  'cli.data.unlabelled.hint': '--learn-label을 빼 보세요.',
  'cli.fill.no-file': '파일을 읽는 방법을 정했지만, 파일을 지정하지 않았습니다.',
  'cli.fill.no-file.hint': '--data <{file}>[을/를] 덧붙이거나, --separator 같은 옵션을 빼 주세요.',
  'cli.fill.no-rows': '모델 파일에는 학습에 쓴 행이 들어 있지 않습니다.',
  'cli.fill.no-rows.hint': '학습 기록 폴더를 지정하거나, --data <{file}>[을/를] 덧붙여 주세요.',
  'cli.preset.unknown': '“{preset}”[이라/라]는 사전 설정은 없습니다.',
  'cli.preset.unknown.hint': '다음 가운데 하나를 골라 주세요: {presets}.',
  'cli.optimizer.no-learning-rate': '최적화 방법 {optimizer}에는 학습률이 없습니다.',
  'cli.optimizer.no-epsilon': '최적화 방법 {optimizer}에는 엡실론이 없습니다.',
  'cli.synthetic.no-setting': '합성 데이터 {set}에는 “{setting}”[이라/라]는 설정이 없습니다.',
  'cli.synthetic.no-setting.hint': '쓸 수 있는 설정: {settings}.',
  'cli.sample.no-connectivity':
    '모델에 저장된 연결은 {stored, plural, other {#개}}이며, {wanted}번은 그 안에 없습니다.',
  'cli.sample.no-connectivity.hint': '번호는 0부터 셉니다.',

  'cli.config.unreadable': '파일 {path}[을/를] 읽을 수 없습니다.',
  'cli.config.unreadable.hint': '--config에 적은 경로를 확인해 주세요.',
  'cli.config.no-json': '파일 {path}[은/는] JSON이 아닙니다.',
  'cli.config.invalid': '{path}에 있는 설정이 올바르지 않습니다. {issue}',
  'cli.config.hint': '학습 기록의 run.json을 본보기로 삼아 보세요.',
  'cli.config.file': '파일 전체',

  'cli.evaluate.other-width':
    '모델의 입력은 {inputs, plural, other {#개}}인데, 데이터의 열은 {columns, plural, other {#개}}입니다.',
  'cli.evaluate.other-width.hint': '모델을 학습시킨 데이터를 골라 보세요.',
  'cli.sample.pictures': '그림으로 학습한 모델이라 표의 열로 나타낼 수 없습니다.',
  'cli.sample.no-columns': '모델의 입력이 어떤 열인지 모델 파일에 적혀 있지 않습니다.',
  'cli.sample.no-given.hint': '--given을 빼 보세요.',
  'cli.sample.no-table.hint': '0과 1이면 .npy, 그림 시트면 .png로 저장해 보세요.',

  'cli.interrupted': '중단했습니다({signal}).',
  'cli.interrupted.hint': '바뀐 것은 없습니다.',
  'cli.interrupted.leaving':
    '정리하고 끝내는 중입니다. Ctrl+C를 두 번 더 누르면 바로 끝나며, 그때까지 저장되지 않은 것은 사라집니다.',
  'cli.train.saved': '{epoch}번째 에포크에서 학습을 중단하고 저장했습니다.',
  'cli.train.go-on': '이어서 하려면: {command}',
  'cli.train.start-anew': '{option} {value}[으로/로] 새로 시작해 보세요.',
}
