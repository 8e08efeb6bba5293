import type { Translation } from '../translation'
import type { compareView as english } from '../english/compare-view'

/** Runs side by side, in the view Runs. */
export const compareView: Translation<typeof english> = {
  'compare.go': '비교({runs, number})',
  'compare.go.help':
    '둘 이상, 최대 {most, number}개까지 고르세요. 스페이스를 누르거나 Ctrl, ⌘, Shift를 누른 채 클릭하면 됩니다',
  'compare.pick': '“{name}” 비교 대상에 넣기',
  'compare.pick-all': '모두 비교 대상에 넣기: {data}',
  'compare.column.pick': '비교',

  'compare.back': '모든 학습 기록',
  'compare.report.help': '이 비교를 웹 페이지나 PDF로, 또는 차트와 표 파일과 함께 저장하기',
  'compare.title': '학습 기록 {runs, plural, other {#개}} 비교',

  'compare.curves': '검증 손실',
  'compare.curves.label': '학습 기록 {runs, plural, other {#개}}의 검증 손실. 결과는 아래 표에 있습니다',
  'compare.curves.none': '아직 마친 에포크가 없습니다',
  'compare.axis': '가로축',
  'compare.axis.epoch': '에포크',
  'compare.axis.update': '갱신',
  'compare.axis.time': '시간',
  'compare.axis.update.title': '갱신 횟수',
  'compare.axis.time.title': '학습 시간, 초',
  'compare.smoothing': '평활화',
  'compare.at.epoch': '에포크 {place}: {loss} nat',
  'compare.at.update': '갱신 {place}: {loss} nat',
  'compare.at.time': '{place} 뒤: {loss} nat',

  'compare.results': '결과',
  'compare.curve.help': '“{name}”의 곡선 보이기 또는 숨기기',
  'compare.column.difference': '가장 좋은 기록과의 차이, nat',
  'compare.column.time': '학습 시간',
  'compare.seeds': '{name} · 시드 {seeds, plural, other {#개}}',
  'compare.seeds.together': '시드끼리 모으기',
  'compare.seeds.mean': '평균 ± 95% 구간',
  'compare.seed': '시드 {seed}',
  'compare.of': '행마다 비교할 것',
  'compare.of.whole': '레이블까지, p(x, y)',
  'compare.of.unlabelled': '레이블 빼고, p(x)',
  'compare.test.go': '행마다 비교',
  'compare.test.help':
    '마지막 열은 대응 검정입니다. 시험 데이터의 행마다 이 가운데 가장 좋은 기록과의 차이를 구해 그 평균과 95% 구간을 보여 줍니다. 어려운 행은 어느 모델에게나 어려우므로, 두 구간을 나란히 놓고 보는 것보다 작은 차이도 가려냅니다. 구간에 0이 들어 있으면 동률입니다.',
  'compare.test.ask':
    '“행마다 비교”를 누르면 각 모델로 시험 데이터의 점수를 매겨, 우연보다 크게 차이 나는 기록을 알려 드립니다.',
  'compare.test.working': '“{name}”[으로/로] 시험 데이터의 점수를 매기는 중…',
  'compare.test.too-few': '같은 데이터로 학습한 모델이 둘 이상 있어야 합니다.',
  'compare.difference': '{mean} ± {interval}',
  'compare.best': '이 가운데 최고',
  'compare.tied': '동률',
  'compare.worse': '더 나쁨',
  'compare.unpaired.no-model': '보관된 모델 없음',
  'compare.unpaired.no-data': '데이터가 없음',
  'compare.unpaired.other-data': '다른 데이터',

  'compare.scatter': '설정과 결과',
  'compare.scatter.over': '가로축',
  'compare.scatter.result': '결과',
  'compare.scatter.label': '“{setting}”에 따른 각 기록의 {result}. 수치는 아래 표에 있습니다',
  'compare.scatter.none': '아직 결과가 없습니다',
  'compare.scatter.numbers': '수치 보기',
  'compare.scatter.at': '{setting} {value}: {loss} nat',

  'compare.samples': '표본',
  'compare.samples.help': '모두 같은 주사위(시드 {seed})로 뽑았으므로, 줄마다 다른 것은 모델뿐입니다.',
  'compare.samples.again': '다른 주사위',

  'compare.settings': '설정',
  'compare.settings.only': '다른 것만',
  'compare.settings.setting': '설정',
  'compare.settings.same': '이 기록들은 설정이 모두 같습니다.',
  'compare.no': '없음',
}
