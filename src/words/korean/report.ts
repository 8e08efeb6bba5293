import type { report as english } from '../english/report'
import type { Translation } from '../translation'

/** 보고서와 꾸러미, 학습 확인. */
export const report: Translation<typeof english> = {
  'report.kind': '학습 보고서',
  'report.kind.compared': '학습 비교 보고서',
  'report.title.compared': '학습 기록 {runs, plural, other {#개}} 비교',
  'report.unfinished': '아직 끝나지 않은 학습입니다. 지금까지의 결과를 담았습니다.',
  'report.figure.bits': '{unit, select, pixel {픽셀당 비트} column {열당 비트} other {입력당 비트}}',
  'report.figure.time': '학습 시간',
  'report.figure.validation': '가장 좋은 검증 손실',
  'report.figure.at-epoch': 'nat, 에포크 {epoch, number}',
  'report.figure.nats-interval': 'nat, ± {interval}',
  'report.figure.epochs': '{epochs, plural, other {#에포크}}',

  'report.chart.training': '학습',
  'report.chart.validation': '검증',
  'report.chart.validation.best': '검증, 에포크 {epoch}에서 최고 {nats}',
  'report.chart.floor': '어떤 모델도 이보다 나을 수 없음: {nats}',
  'report.chart.epochs': '에포크',
  'report.chart.loss': '{data}: 평균 음의 로그 가능도(nat)',
  'report.chart.compared': '학습 기록 {runs, plural, other {#개}}의 검증 손실: 평균 음의 로그 가능도(nat)',
  'report.curves': '손실 곡선',

  'report.results': '결과',
  'report.results.quantity': '항목',
  'report.results.value': '값',
  'report.results.interval': '95% 신뢰 구간',
  'report.results.unit': '단위',
  'report.results.test': '시험 손실(평균 음의 로그 가능도)',
  'report.results.test-unlabelled': '레이블을 뺀 시험 손실',
  'report.results.errors': '잘못 맞힌 레이블',
  'report.results.calibration': '보정 오차',
  'report.results.validation': '가장 좋은 검증 손실, 에포크 {epoch, number}',
  'report.results.independent': '열을 따로따로 맞힐 때의 검증 손실',
  'report.results.mixture': '성분이 {components, number}개인 혼합 모델의 검증 손실',
  'report.results.entropy': '엔트로피(어떤 모델도 이보다 나을 수 없음)',
  'report.results.nats': 'nat',
  'report.results.text':
    '시험 손실은 {rows, plural, other {시험 데이터 #행}}의 평균입니다. 검증에서 가장 좋았던 모델을 연결 {connectivities, plural, other {#개}}로 계산해 평균했습니다. 구간은 양쪽으로 표준 오차의 1.96배입니다.',
  'report.results.none': '가장 좋은 모델을 시험 데이터로 평가하지 않았습니다.',
  'report.results.run': '학습 기록',
  'report.results.epochs': '에포크',
  'report.results.difference': '가장 좋은 기록과의 차이',
  'report.results.difference.text':
    '마지막 열은 대응 검정입니다. 시험 데이터의 행마다 이 가운데 가장 좋은 기록과의 차이를 구해 그 평균과 95% 구간을 보여 줍니다. 구간에 0이 들어 있으면 동률입니다.',
  'report.results.compared.text':
    '손실은 평균 음의 로그 가능도(nat)입니다. ±는 95% 신뢰 구간으로, 양쪽으로 표준 오차의 1.96배입니다.',

  'report.samples': '표본',
  'report.samples.text': '에포크 {epoch, number}의 모델이 시드 {seed}[으로/로] 뽑았으며, 따로 고르지 않았습니다.',
  'report.samples.others': '{columns, plural, other {나머지 #열}}은 보이지 않았습니다.',
  'report.samples.number': '표본',
  'report.samples.alt': '표본 모음',

  'report.data': '데이터',
  'report.data.part': '쓰임',
  'report.data.rows': '행',
  'report.data.train': '학습',
  'report.data.valid': '검증',
  'report.data.test': '시험',
  'report.data.hash': '행의 SHA-256',
  'report.data.bits': '행마다 {columns, plural, other {#비트}}입니다.',
  'report.data.variables':
    '행마다 변수 {variables, plural, other {#개}}이며, {columns, plural, other {#비트}}로 나타냅니다.',
  'report.data.grey':
    '회색을 비트로 바꾸는 방법: {way, select, threshold {255까지의 값이 {number} 이상인 픽셀이 1} random {밝기에 따라 한 번 뽑음(시드 {seed})} other {밝기에 따라 에포크마다 새로 뽑음(시드 {seed})}}.',
  'report.data.synthetic': '알려진 분포에서 시드 {seed}[으로/로] 뽑은 행입니다. {settings}',
  'report.data.as-variables':
    '열마다 변수 하나이며, 수는 학습 데이터가 고르게 나뉘도록 {bins, plural, other {구간 #개}}로 나눕니다.',
  'report.data.as-bits':
    '값마다 비트 하나이며, 수는 학습 데이터의 분위수보다 큰지 나타내는 {bits, plural, other {#비트}}가 됩니다.',
  'report.data.own': '{columns, plural, other {#열}}은 다르게 나눕니다.',
  'report.data.omitted': '{columns, plural, other {#열}}을 뺐습니다.',
  'report.data.label': '레이블 “{label}”도 학습하며, 모든 순서의 맨 앞에 옵니다.',
  'report.data.missing':
    '빈 값이 있는 행은 {way, select, drop {뺍니다} category {“빈 값”도 값 하나로 봅니다} common {가장 흔한 값으로 채웁니다} model {따로 두었다가 모델로 채울 수 있습니다} other {적혀 있는 값만으로 배웁니다}}.',
  'report.data.split':
    '{given, select, yes {파일에서 정한 부분은 그대로 두고, 나머지 행에서} other {전체 행에서}} {kind, select, fractions {{valid, number, ::percent .##}를 검증에, {test, number, ::percent .##}를 시험에} other {{valid, number}행을 검증에, {test, number}행을 시험에}} 씁니다({order, select, random {시드 {seed}[으로/로] 뽑음} other {파일의 마지막 행들}}).',

  'report.settings': '설정',
  'report.settings.setting': '항목',
  'report.settings.value': '값',
  'report.settings.pairs': '갱신마다 새로 뽑을 때 검증에 쓰는 연결 수',
  'report.settings.test-pairs': '갱신마다 새로 뽑을 때 시험에 쓰는 연결 수',
  'report.computed': '계산 환경',
  'report.computed.version': '이 보고서',
  'report.computed.engine': '엔진',
  'report.computed.kernels': '커널',
  'report.computed.device': '장치',
  'report.computed.from': '갱신 {update, number}부터: {by}',
  'report.computed.started': '시작',
  'report.computed.changed': '마지막 변경',
  'report.computed.updates': '갱신 횟수',
  'report.computed.time': '모든 에포크에 걸린 시간',
  'report.computed.unknown': '알 수 없음',

  'report.again': '재현하는 방법',
  'report.again.command': '처음부터 똑같이 학습하려면:',
  'report.again.settings':
    '설정은 학습 기록 폴더와 꾸러미의 run.json 파일에 있습니다. 아래 내용을 그 이름으로 저장해도 됩니다.',
  'report.again.file': '데이터는 {name} 파일입니다. 다른 곳에 있으면 run.json의 “path”를 고치세요.',
  'report.again.exact':
    '커널이 같으면 스레드 수와 상관없이 매개변수가 마지막 비트까지 똑같이 나옵니다. “made verify”를 쓰면 다시 학습해 견주어 볼 수 있습니다.',
  'report.again.other-engine': '그래픽 카드나 다른 커널로 학습하면 손실이 반올림 오차만큼 다릅니다.',
}
