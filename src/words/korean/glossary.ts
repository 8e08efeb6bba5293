import type { glossary as english } from '../english/glossary'
import type { Translation } from '../translation'

export const glossary: Translation<typeof english> = {
  // What a model is.
  'term.distribution': '분포',
  'term.distribution.text':
    '있을 수 있는 모든 예시에 확률을 매긴 것입니다. 진짜 같은 예시의 확률은 높고, 나머지는 0에 가깝습니다.',
  'term.autoregressive': '자기회귀',
  'term.autoregressive.text': '입력을 하나씩 차례로, 앞에 나온 입력만 보고 예측하는 방식입니다.',
  'term.ordering': '순서',
  'term.ordering.text': '모델이 입력을 살펴보는 차례입니다. 각 입력은 그보다 앞선 입력만 보고 예측합니다.',
  'term.hidden': '은닉 유닛',
  'term.hidden.text':
    '입력에서 출력으로 가는 길에 층마다 계산하는 수입니다. 많을수록 더 많이 배우지만 시간도 더 걸립니다.',
  'term.degree': '차수',
  'term.degree.text':
    '은닉 유닛마다 붙이는 번호입니다. 유닛은 순서에서 이 번호의 자리까지만 입력을 알 수 있고, 그 뒤는 알 수 없습니다.',
  'term.mask': '마스크',
  'term.mask.text':
    '층 사이의 연결 가운데 무엇을 남길지 정한 것입니다. 입력을 보아서는 안 되는 출력이 있으면, 그 사이의 길을 모두 끊습니다.',
  'term.connectivity': '연결',
  'term.connectivity.text': '순서 하나와 차수 한 벌입니다. 이 둘이 정해지면 마스크도 모두 정해집니다.',
  'term.ensemble': '앙상블',
  'term.ensemble.text':
    '한 모델을 여러 순서나 마스크로 계산해 확률을 평균한 것입니다. 대개 어느 하나만 쓸 때보다 낫습니다.',
  'term.direct': '직접 연결',
  'term.direct.text': '은닉층을 거치는 연결과 별도로, 입력에서 출력으로 곧바로 가는 가중치입니다.',
  'term.conditioning': '조건 가중치',
  'term.conditioning.text':
    '지금 어떤 마스크를 쓰는지 유닛마다 알려 주는 추가 가중치입니다. 유닛이 마스크에 맞추어 움직일 수 있습니다.',
  'term.activation': '활성화 함수',
  'term.activation.text':
    '은닉 유닛이 들어온 값의 합을 바꾸는 방법입니다. 예를 들면 0보다 큰 값만 남깁니다. 이것이 없으면 신경망은 거의 아무것도 배우지 못합니다.',
  'term.weight': '가중치',
  'term.weight.text':
    '연결 하나를 얼마나 크게 반영하는지 나타내는 수입니다. 학습이 바꾸는 것도, 저장해 두는 것도 가중치입니다.',

  // Training.
  'term.epoch': '에포크',
  'term.epoch.text': '학습 데이터를 처음부터 끝까지 한 번 다 보는 것입니다.',
  'term.minibatch': '미니배치',
  'term.minibatch.text': '가중치를 한 번 갱신할 때 함께 쓰는 예시 몇 개입니다.',
  'term.learning-rate': '학습률',
  'term.learning-rate.text':
    '갱신할 때마다 가중치를 얼마나 크게 바꿀지 정합니다. 너무 작으면 학습이 오래 걸리고, 너무 크면 좀처럼 자리를 잡지 못합니다.',
  'term.learning-rate-schedule': '학습률 스케줄',
  'term.learning-rate-schedule.text':
    '학습하는 동안 학습률을 어떻게 바꿀지 정합니다. 그대로 두거나, 계획한 마지막 에포크에서 0이 되도록 코사인 곡선을 따라 줄입니다. 마지막에 조금씩 갱신하면 가중치가 자리를 잡습니다.',
  'term.weight-averaging': '가중치 평균',
  'term.weight-averaging.text':
    '마지막 가중치 대신 최근 에포크들의 가중치를 평균한 모델을 평가하고 남기는 것입니다. 갱신 하나하나의 흔들림이 서로 지워집니다.',
  'term.optimizer': '최적화 방법',
  'term.optimizer.text': '미니배치의 손실을 보고 가중치를 어떻게 바꿀지 정하는 규칙입니다.',
  'term.l2': 'L2 규제',
  'term.l2.text': '모든 가중치를 0 쪽으로 조금씩 당겨, 모델이 학습 데이터를 통째로 외우지 않게 합니다.',
  'term.look-ahead': '기다릴 에포크 수(조기 종료)',
  'term.look-ahead.text':
    '검증 손실이 더 나아지기를 몇 에포크까지 기다렸다가 학습을 끝낼지 정합니다. 남는 것은 그때까지 가장 좋은 모델입니다.',
  'term.validation': '검증 데이터',
  'term.validation.text': '학습에 쓰지 않는 행입니다. 여기서 잰 손실을 보고 학습을 언제 끝낼지 정합니다.',
  'term.test': '시험 데이터',
  'term.test.text': '마지막까지 남겨 두는 행입니다. 여기서 잰 손실이 다른 결과와 비교할 값입니다.',
  'term.diverge': '발산',
  'term.diverge.text': '한 번에 너무 크게 갱신한 나머지 손실이 끝없이 커지는 것입니다. 학습률을 줄이면 나아집니다.',
  'term.seed': '시드',
  'term.seed.text': '모든 무작위 값이 비롯되는 수입니다. 시드가 같으면 늘 같은 결과를 뽑습니다.',
  'term.run': '학습 기록',
  'term.run.text': '학습 한 번을 처음부터 끝까지 남긴 것입니다. 설정과 손실과 모델이 함께 들어 있습니다.',

  // How good a model is.
  'term.loss': '손실(음의 로그 가능도)',
  'term.loss.text':
    '모델이 어떤 예시를 보고 놀란 정도입니다. 모델이 그 예시에 준 확률의 로그에 음의 부호를 붙인 값으로, 작을수록 좋습니다.',
  'term.nats': '나트(nat)',
  'term.nats.text':
    '비트처럼 놀란 정도를 재는 단위로, 1 nat은 1.44비트입니다. 예시 하나에 드는 nat이 적을수록 모델이 진짜 예시를 보고 덜 놀란다는 뜻입니다.',
  'term.bits-per-pixel': '픽셀당 비트',
  'term.bits-per-pixel.text':
    '비트로 나타낸 손실을 픽셀 수로 나눈 값입니다. 픽셀마다 동전을 던지면 1이 되고, 모델이 많이 알수록 작아집니다.',
  'term.interval': '95% 신뢰 구간',
  'term.interval.text':
    '평균 손실이 얼마나 정확한지 나타냅니다. 같은 종류의 다른 시험 데이터로 거듭 재면, 이런 구간 100개 가운데 95개에 참 평균이 들어갑니다.',
  'term.independent': '독립 비트',
  'term.independent.text':
    '픽셀이나 열을 따로따로 맞히는 가장 단순한 모델입니다. 저마다 1이 얼마나 자주 나오는지만 알고, 나머지는 보지 않습니다. 제대로 된 모델이라면 이보다 나아야 합니다.',
  'term.mixture': '베르누이 혼합 모델',
  'term.mixture.text':
    '대표적인 행 몇 개를 두고, 그 입력마다 1이 될 확률을 정하는 고전적인 모델입니다. 예시는 그 가운데 한 행에서 나온다고 봅니다. EM 알고리즘으로 맞춥니다.',
  'term.entropy': '엔트로피',
  'term.entropy.text':
    '아무리 잘 예측해도 남는 놀라움입니다. 이 데이터는 이미 아는 분포에서 뽑았으므로, 어떤 모델도 길게 보면 손실이 이보다 작을 수 없습니다.',

  // Data and samples.
  'term.binarization': '이진화',
  'term.binarization.text':
    '회색 픽셀을 검은색이나 흰색으로 바꾸는 것입니다. 문턱값으로 나누거나, 회색의 세기를 확률로 삼아 무작위로 정합니다.',
  'term.label': '레이블',
  'term.label.text':
    '각 예시가 무엇인지 적어 둔 것입니다. 사람이 보기 위한 것이지만, 모델이 함께 학습하게 할 수도 있습니다. 그러면 모델은 레이블을 먼저 뽑고 나머지를 거기에 맞춥니다.',
  'term.calibration': '보정 오차',
  'term.calibration.text':
    '모델이 말하는 확률이 실제로 맞힌 비율과 평균적으로 얼마나 다른지입니다. 90%라고 말한 경우의 90%를 맞히면 0입니다.',
  'term.confusion': '혼동 표',
  'term.confusion.text':
    '틀린 경우를 모은 표입니다. 종류마다 한 행이 있고, 그 종류를 각각 무엇으로 보았는지 나타냅니다.',
  'term.sample': '표본',
  'term.sample.text': '모델이 배운 분포에서 새로 뽑은 예시입니다.',
}
