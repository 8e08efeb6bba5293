import type { commandLineHelp as english } from '../english/command-line-help'
import type { Translation } from '../translation'

export const commandLineHelp: Translation<typeof english> = {
  'cli.title.usage': '사용법:',
  'cli.title.arguments': '인수:',
  'cli.title.options': '옵션:',
  'cli.title.commands': '명령:',
  'cli.title.status': '종료 상태:',

  'cli.place.options': '옵션',
  'cli.place.command': '명령',
  'cli.place.file': '파일',
  'cli.place.folder': '폴더',
  'cli.place.run-or-model': '기록 또는 모델',
  'cli.place.source': '데이터',
  'cli.place.shell': '셸',
  'cli.place.language': '언어',
  'cli.place.build': '빌드',
  'cli.place.way': '방법',
  'cli.place.part': '부분',
  'cli.place.mark': '기호',
  'cli.place.marks': '기호',
  'cli.place.name': '이름',
  'cli.place.column': '열',
  'cli.place.columns': '열',
  'cli.place.bits': '비트 수',
  'cli.place.bins': '구간 수',
  'cli.place.values': '값들',
  'cli.place.units': '유닛 수',
  'cli.place.which': '순서',

  'cli.status.done': '성공',
  'cli.status.failed': '실패: 이유와 도움말이 표준 오류에 한 문장씩 나옵니다',
  'cli.status.called-wrongly': '잘못된 명령',
  'cli.status.saved':
    '중단되어 저장됨: “made resume”으로 이어서 할 수 있습니다(EX_TEMPFAIL, 작업 스케줄러가 알아보는 값)',
  'cli.status.interrupted':
    '새로 저장할 것이 생기기 전에 중단됨: 128에 신호 번호를 더한 값으로, Ctrl+C는 130, SIGTERM은 143',

  'cli.command.made': 'MADE(Masked Autoencoder for Distribution Estimation)를 학습하고, 평가하고, 표본을 뽑습니다.',
  'cli.command.help': '명령의 도움말 보기',
  'cli.command.engines': '엔진 목록과, 쓸 수 없는 엔진의 이유 보기',
  'cli.command.train': '모델 학습하기',
  'cli.command.resume': '마지막 체크포인트에서 학습 이어서 하기',
  'cli.command.sweep': '설정을 바꿔 가며 여러 번 학습하기: 이 컴퓨터나 클러스터에서',
  'cli.command.sweep.prepare': '스윕의 학습들과, 그것을 실행할 작업 준비하기',
  'cli.command.sweep.run': '스윕의 작업 하나를 하거나 남은 만큼 이어서 하기. 언제든 다시 실행해도 됩니다',
  'cli.command.sweep.todo': '남은 작업을 배치 시스템이 받는 꼴로 출력하기: 0,3-5',
  'cli.command.sweep.status': '스윕의 학습들이 얼마나 진행되었는지 보기',
  'cli.command.sweep.collect': '스윕의 결과를 표(CSV)로 출력하기',
  'cli.command.evaluate':
    '모델로 계산한 데이터의 평균 음의 로그 가능도(NLL)를 nat 단위로, 레이블을 학습한 모델이면 얼마나 잘 알아맞히는지도 출력하기',
  'cli.command.sample': '모델에서 표본 뽑기',
  'cli.command.ask': '어떤 일이 얼마나 일어날 법한지, 그때 나머지는 어떤지 묻기',
  'cli.command.complete': '주어진 값을 가진 행을 뽑거나, 가장 확률이 높은 행 찾기',
  'cli.command.score': '데이터의 행마다 로그 확률을 파일에 저장하기',
  'cli.command.fill': '빈 값이 없는 행으로 학습한 모델로 표의 빈 값(결측값) 채우기',
  'cli.command.report': '학습 결과(여럿이면 나란히)를 차트와 표가 담긴 한 페이지로 저장하기',
  'cli.command.parcel':
    '가장 좋은 모델과 보고서, 모델을 불러오는 PyTorch 프로그램까지 학습 기록을 zip 파일 하나에 담기',
  'cli.command.verify': '같은 커널로 다시 학습해 모델의 매개변수를 마지막 비트까지 견주어 보기',
  'cli.command.data': '데이터를 살펴보거나 변환하기',
  'cli.command.inspect': '파일이나 폴더에 무엇이 들어 있고, 어떻게 읽었으며, 어떻게 바뀌는지 보기',
  'cli.command.convert': '모델이 보게 될 비트를 train, valid, test 배열로 저장하기',
  'cli.command.completion': '셸에서 이 명령을 자동 완성하는 프로그램 출력하기',
  'cli.command.manual': 'man에서 보는 설명서 출력하기',

  'cli.option.help': '명령의 도움말 보기',
  'cli.option.version': '버전 보기',
  'cli.option.lang': '쓸 언어: {languages} (기본값: LC_ALL, LC_MESSAGES, LANG에 따름)',
  'cli.option.json': '글 대신 JSON 한 줄로 출력하기',

  'cli.option.data':
    '내장된 mnist나 mushrooms, synthetic:에 종류를 붙인 것(예: synthetic:ising-strip,width=6), 또는 읽을 수 있는 형식의 파일이나 폴더',
  'cli.option.data.evaluate':
    '내장된 mnist나 mushrooms, synthetic:에 종류를 붙인 것(예: synthetic:ising-strip,width=6), 또는 읽을 수 있는 형식의 파일이나 폴더. 모델을 학습시킨 데이터와 똑같이 전처리됩니다',
  'cli.option.data.fill': '빈 값을 채울 파일. 열 이름이 같아야 합니다 (기본값: 학습에 쓴 데이터)',
  'cli.option.model': '모델 파일(.safetensors) 또는 학습 기록 폴더(그 안의 가장 좋은 모델을 씁니다)',
  'cli.argument.run': '학습 기록 폴더',
  'cli.argument.sweep': '스윕 폴더',
  'cli.argument.sweep-file': '스윕: “base”와 “vary”가 있는 JSON 파일',
  'cli.argument.task': '0부터 세는 작업 번호',
  'cli.argument.run-or-model': '학습 기록 폴더 또는 모델 파일(.safetensors)',
  'cli.argument.shell': '셸의 종류 (가능한 값: {shells})',
  'cli.option.size': '그림을 이 너비와 높이(픽셀)에 맞추기 (기본값: 원래 크기, 서로 다르면 28x28)',
  'cli.option.size.evaluate': '그림을 이 너비와 높이(픽셀)에 맞추기 (기본값: 모델을 학습할 때와 같게)',
  'cli.option.size.sample': '한 행을 시트에 그릴 너비와 높이 (기본값: 모델을 학습할 때와 같게)',
  'cli.option.out.train': '학습 기록을 새로 만들 폴더',
  'cli.option.out.sweep': '스윕을 새로 만들 폴더. 모든 컴퓨터에서 보이는 디스크여야 합니다',
  'cli.option.out.collect': '표를 저장할 파일 (기본값: 화면에 출력)',
  'cli.option.out.sample':
    '저장할 곳: 0과 1(.npy), 0과 1이 나타내는 값의 표(.csv), 또는 그림을 모은 시트(.png, 담을 수 있는 수가 적음)',
  'cli.option.out.fill': '표를 저장할 .csv 파일',
  'cli.option.out.report': '저장할 .html 파일, 또는 차트와 표도 따로 담을 .zip 파일',
  'cli.option.run.report': '학습 기록 폴더. 여러 번 쓰면 나란히 비교합니다',
  'cli.option.out.parcel': '꾸러미를 저장할 .zip 파일',
  'cli.option.data.moved': '학습 기록의 데이터가 지금 있는 곳. 쓰지 않으면 원래 있던 곳',
  'cli.option.out.convert': '저장할 .npz 파일',

  'cli.option.engine.train': '계산할 엔진: {engines}, {last} (기본값: {engine}, 이 모델로 속도를 재어 고릅니다)',
  'cli.option.engine.resume': '계산할 엔진: {engines}, {last} (기본값: 전과 같게)',
  'cli.option.engine.evaluate': '계산할 엔진: {engines}, {last} (기본값: {engine})',
  'cli.option.threads': '계산에 쓸 CPU 스레드 수 (기본값: 이 프로세스가 쓸 수 있는 코어마다 하나, 컨트롤 그룹도 고려)',
  'cli.option.kernels':
    'cpu 엔진의 빌드: {builds}. 빌드가 다르면 결과의 끝자리가 조금 다릅니다 (기본값: 여기서 작동하는 가장 빠른 것)',

  'cli.option.preset': '애플리케이션의 사전 설정으로 시작하기: {presets} (기본값: 없음)',
  'cli.option.config': 'JSON 파일의 설정으로 시작하기(예: 학습 기록의 run.json)',
  'cli.option.hidden': '은닉층마다의 유닛 수를 쉼표로 나누어 적은 것(예: 500,500) (기본값: {default})',
  'cli.option.orderings':
    '순서의 수: 1이면 --ordering의 순서, 더 많으면 무작위 순서, -1이면 갱신마다 새 순서 (기본값: {default})',
  'cli.option.ordering':
    '순서가 하나일 때 입력의 순서: natural(원래 순서) 또는 random(무작위 순서) (기본값: {default})',
  'cli.option.masks': '마스크 묶음의 수. -1이면 갱신마다 새 마스크 (기본값: {default})',
  'cli.option.activation': '은닉 유닛의 활성화 함수: {activations} (기본값: {default})',
  'cli.option.direct': '입력에서 출력으로 가는 직접 연결 더하기 (기본값: 없음)',
  'cli.option.conditioning': '유닛이 어떤 마스크를 쓰는 중인지 알도록 조건 가중치 더하기 (기본값: 없음)',
  'cli.option.initialisation': '가중치를 초기화하는 방법: {initialisations} (기본값: {default})',
  'cli.option.output-biases':
    '출력이 시작하는 값({ways}): 0이거나, 학습 데이터에서 값마다 나온 비율 (기본값: {default})',
  'cli.option.optimizer': '최적화 방법: {optimizers} (기본값: {default})',
  'cli.option.learning-rate': '학습률: 갱신 한 번에 가중치를 움직이는 정도 (기본값: {defaults})',
  'cli.option.learning-rate-schedule':
    '학습률의 변화: {schedules}. 코사인은 마지막 에포크까지 0으로 줄입니다 (기본값: {default})',
  'cli.option.epsilon': '갱신이 한없이 커지지 않게 하는 작은 수 (기본값: {defaults})',
  'cli.option.for-optimizer': '{optimizer} {value}',
  'cli.option.l2': 'L2 규제: 가중치를 0 쪽으로 당기는 세기 (기본값: {default})',
  'cli.option.batch': '미니배치의 행 수 (기본값: {default})',
  'cli.option.epochs': '학습 데이터를 모두 도는 최대 횟수 (기본값: {default})',
  'cli.option.epochs.resume':
    '처음부터 세어 학습 데이터를 모두 도는 최대 횟수. 코사인 스케줄도 여기서 끝납니다 (기본값: 전과 같게)',
  'cli.option.until-epoch':
    '이 에포크까지만 학습하고 시험 없이 저장하기. “made resume”으로 끊김 없이 이어서 할 수 있습니다 (기본값: 끝까지)',
  'cli.option.look-ahead': '검증 손실이 나아지지 않으면 이만큼의 에포크를 기다린 뒤 끝내기 (기본값: {default})',
  'cli.option.average-epochs':
    '최근 이만큼의 에포크 동안 가중치를 평균한 모델을 검증하고 남기기. 1이면 평균하지 않기 (기본값: {default})',
  'cli.option.seed': '모든 무작위가 나오는 시드 (기본값: {default})',

  'cli.option.split':
    '쓸 행: train(학습), valid(검증), test(시험), all(전체) (기본값: 모델을 학습시킨 데이터와 부분으로 나뉜 데이터는 test, 그 밖에는 all)',
  'cli.option.likeliest.fill': '빈 값마다 가장 확률이 높은 값으로 채우기(기본값)',
  'cli.option.draw': '대신 빈 값을 뽑아 채우기. 실제 행만큼 다양합니다',
  'cli.option.times': '표를 이만큼 뽑기(x.1.csv, x.2.csv, …): 다중 대치용 (기본값: 이름 그대로 하나)',
  'cli.option.of': '값의 확률을 알고 싶은 변수: 열 이름, 또는 0부터 센 번호 (기본값: 모두)',
  'cli.option.particles': '뽑을 입자 수 (기본값: 표준 오차가 모두 0.01보다 작아질 때까지)',
  'cli.option.seconds': '이만큼(초) 지나면 그때까지 알게 된 답을 알려 줍니다 (기본값: {default})',
  'cli.option.count.complete': '행 수 (기본값: {default})',
  'cli.option.likeliest': '표본 대신, 빔 탐색으로 찾은 가장 확률이 높은 행',
  'cli.option.by-variable': '앞의 변수가 주어졌을 때 변수마다의 로그 확률도 저장하기',
  'cli.option.out.score': '저장할 파일: .csv',
  'cli.option.shard':
    'n개로 나눈 것 가운데 한 부분의 행만 저장하기. 번호는 0부터(예: 0/8). 모든 부분을 차례로 이으면 전체 파일이 됩니다 (기본값: 모든 행)',
  'cli.option.all-connectivities':
    '모델 파일에 저장된 처음 64개만이 아니라, 학습에 쓴 순서와 마스크의 모든 짝으로 계산하기',

  'cli.option.pack': '작업 하나가 차례로 맡을 지점 수 (기본값: 1)',
  'cli.option.threads.sweep': '학습마다 계산에 쓸 스레드 수 (기본값: 1)',
  'cli.option.kernels.sweep':
    '모든 학습에 쓸 cpu 엔진의 빌드. 프로세서가 달라도 끝자리까지 같은 결과가 나옵니다 (기본값: 컴퓨터마다 작동하는 가장 빠른 것)',
  'cli.option.threads.prepared': '계산에 쓸 스레드 수 (기본값: 준비할 때 정한 대로)',
  'cli.option.kernels.prepared': 'cpu 엔진의 빌드 (기본값: 준비할 때 정한 대로)',
  'cli.option.time': '작업 하나에 허용된 시간. 지나면 저장하고 다시 줄을 섭니다 (기본값: {default})',
  'cli.option.keep-all':
    '에포크마다 표본 시트를, 그리고 끝난 학습의 체크포인트도 남기기 (기본값: 가장 좋은 에포크의 시트만, 체크포인트는 남기지 않음)',
  'cli.option.rung': '절반씩 줄여 가는 스윕의 단계, 0부터 (기본값: 0)',
  'cli.option.leave-out': '아직 그만큼 학습하지 못한 지점을 빼고 순위 매기기 (기본값: 거절합니다)',
  'cli.option.from': '첫 작업의 번호. 여기서부터 셉니다 (기본값: 0)',
  'cli.option.count.tasks': '거기서부터 셀 작업 수 (기본값: 모두)',
  'cli.option.json.collect': '대신 학습마다 JSON 한 줄로 출력하기',
  'cli.option.count': '뽑을 표본 수',
  'cli.option.temperature':
    '{least}(얌전하게: 가능성이 큰 값이 더 자주 나옴)부터 {most}(자유롭게)까지. 1이 아니면 모델이 학습한 분포 그대로가 아님 (기본값: {default})',
  'cli.option.given':
    '주어진 것: 열의 값이나 조건을 쉼표로 나누어 적은 것(예: label=7, "sex=Female,age=30", "age>40,work!=none"). 값을 비우면 빈 값입니다 (여러 번 쓸 수 있음)',
  'cli.option.connectivity':
    '모델에 저장된 순서와 마스크 가운데 표본을 뽑을 때 쓸 것의 번호, 0부터 (기본값: {default})',

  'cli.option.header': '글로 된 표의 첫 행이 머리글(열 이름)임 (기본값: 알아서 판단)',
  'cli.option.no-header': '머리글이 없음 (기본값: 알아서 판단)',
  'cli.option.skip': '글로 된 표의 맨 위에서 건너뛸 줄 수 (기본값: 알아서 판단)',
  'cli.option.separator':
    '필드를 나누는 구분자: comma(쉼표), semicolon(쌍반점), tab(탭), bar(세로줄), blank(빈칸), none(없음) (기본값: 알아서 판단)',
  'cli.option.decimal': '수의 소수점: point(마침표) 또는 comma(쉼표) (기본값: 알아서 판단)',
  'cli.option.dates': '3/4/2021 같은 날짜에서 먼저 오는 것: day-first(일) 또는 month-first(월) (기본값: 알아서 판단)',
  'cli.option.encoding': '글의 인코딩(예: utf-8, cp949, shift_jis, windows-1252) (기본값: 알아서 판단)',
  'cli.option.missing-marks':
    '빈 값을 나타내는 다른 표시를 쉼표로 나누어 적은 것(예: -999,none). 빈 필드와 ?, NA, NaN 등은 언제나 빈 값입니다 (기본값: 더 없음)',
  'cli.option.comment':
    '주석이 시작되는 기호: 이 가운데 하나로 시작하고 필드 수가 다른 줄은 읽지 않습니다. 없으면 "" (기본값: #%|)',
  'cli.option.sheet':
    '통합 문서의 시트, 또는 표가 여럿인 파일의 표. 이름이나 1부터 세는 번호로 적습니다 (기본값: 첫째)',
  'cli.option.transpose': '파일의 행이 표의 열임 (기본값: 알아서 판단)',
  'cli.option.no-transpose': '파일의 행이 표의 행임 (기본값: 알아서 판단)',

  'cli.option.label': '레이블로 따로 둘 열 (기본값: label, class, target, y라는 이름의 열)',
  'cli.option.no-label': '레이블로 둘 열이 없음 (기본값: 위와 같음)',
  'cli.option.learn-label':
    '레이블도 학습하기: 레이블이 모든 순서의 맨 앞에 오므로, 원하는 클래스의 표본을 뽑고 클래스를 알아맞힐 수 있습니다 (기본값: 따로 둠)',
  'cli.option.omit':
    '뺄 열들의 이름을 쉼표로 나누어 적은 것. 쉼표가 든 이름은 "…"로 감쌉니다 (기본값: 행을 구별하는 열, 없으면 빼지 않음)',
  'cli.option.categorical': '값으로 읽을 열들: 범주가 됩니다 (기본값: 글, 그리고 값이 몇 가지뿐인 정수)',
  'cli.option.numeric': '수로 읽을 열들: 수가 아닌 것은 빈 값이 됩니다 (기본값: 나머지)',
  'cli.option.bins':
    '행 수가 비슷한 구간으로 수를 나눌 때 구간의 수: 모두에게, 이름을 붙여 일부에게, 또는 둘 다(예: 8,age=20) (기본값: 8)',
  'cli.option.as-bits':
    '논문의 데이터처럼 값마다 한 비트로, 수는 중앙값보다 큰지를 나타내는 한 비트로 만들기 (기본값: 열마다 값이 하나인 변수 하나)',
  'cli.option.bits':
    '위와 같이 하되 수 하나를 나타낼 비트 수도 정하기: 모두에게, 이름을 붙여 일부에게, 또는 둘 다(예: 2,age=4) (기본값: 1, 중앙값보다 큰지)',
  'cli.option.missing':
    '빈 값이 있는 행을 다루는 방법: drop(뺌), category(빈 값도 범주로 침), common(가장 흔한 값을 넣음), model(빼 두었다가 나중에 채움), observed(있는 값만으로 학습하며 --orderings -1이 필요함) (기본값: category)',
  'cli.option.missing.evaluate': '빈 값이 있는 행을 다루는 방법: drop이면 뺍니다 (기본값: 모델을 학습할 때와 같게)',
}
