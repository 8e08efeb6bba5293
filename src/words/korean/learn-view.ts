import type { learnView as english } from '../english/learn-view'
import type { Translation } from '../translation'

export const learnView: Translation<typeof english> = {
  'learn.subtitle': '5분 만에 알아보는 MADE',
  'learn.set-up': '모델 설정하기',

  // What a distribution is.
  'learn.model.title': '숫자가 어떻게 생겼는지 아는 모델',
  'learn.model.examples':
    'MADE는 예시를 보고 배웁니다. 손글씨 숫자를 수천 장 보여 주면, 어떤 그림이 숫자처럼 보이는지 스스로 알아냅니다. 이렇게 배우는 것을 <em>분포</em>라고 합니다.',
  'learn.model.distribution':
    '가로세로가 28픽셀이고 픽셀마다 검은색 아니면 흰색인 그림을 생각해 봅시다. 이런 그림은 모두 2<sup>784</sup>가지로 우주에 있는 원자보다도 많지만, 거의 전부는 뜻 없는 얼룩일 뿐입니다. 분포는 이 모든 그림에 확률을 하나씩 매깁니다. 손글씨 숫자 같은 그림에는 높은 확률을, 나머지에는 0에 가까운 확률을 줍니다. 분포를 잘 배운 모델은 두 가지 일을 할 수 있습니다. 어떤 그림이 얼마나 그럴듯한지 알려 주고, 새로운 그림을 뽑아냅니다.',
  'learn.model.tables': '여기서는 픽셀로 설명하지만, 표의 열도 똑같은 방법으로 배웁니다.',
  'learn.model.drawing':
    '아래는 입력이 여섯 개인 작은 MADE입니다. 왼쪽이 입력, 오른쪽이 출력입니다. 출력 하나를 가리켜 보세요. 출력은 저마다 입력 하나를 예측하며, 그 입력보다 순서가 앞선 입력에서만 출력까지 길이 이어집니다.',

  // The chain rule.
  'learn.chain.title': '픽셀을 하나씩 차례대로',
  'learn.chain.questions':
    '2<sup>784</sup>개나 되는 확률을 일일이 적어 둘 수는 없습니다. 하지만 큰 질문 하나를 작은 질문 여럿으로 나눌 수는 있습니다. 첫 번째 픽셀이 검은색일 확률은 얼마인가, 첫 번째를 알 때 두 번째는 얼마인가, 그 둘을 알 때 세 번째는 얼마인가 하고 차례로 묻는 것입니다. 답을 모두 곱하면 그림 전체의 확률이 됩니다. 이것이 확률의 <em>연쇄 법칙</em>입니다.',
  'learn.chain.drawing':
    '새 그림을 뽑을 때도 같은 차례를 밟습니다. 다음 픽셀이 검은색일 확률을 모델에 물은 뒤, 꼭 그 확률로 검은 면이 나오는 동전을 던집니다. “표본” 화면에서 그 과정을 지켜볼 수 있습니다. 숫자들이 한 픽셀씩 나타나며, 하나를 누르면 그 숫자만 볼 수 있습니다.',

  // Masks, orderings and ensembles.
  'learn.network.title': '모든 질문에 답하는 신경망 하나',
  'learn.network.autoencoder':
    '오토인코더는 그림을 받아 그 그림을 다시 내놓는 신경망입니다. MADE(<i>Masked Autoencoder for Distribution Estimation</i>, 분포 추정을 위한 마스크 오토인코더)는 이 신경망이 784개의 질문에 한꺼번에 답하게 합니다. 출력 하나가 픽셀 하나의 답입니다. 다만 어떤 픽셀의 답을 낼 때 그 픽셀 자신이나 뒤에 오는 픽셀을 보아서는 안 됩니다. 정답을 훔쳐보는 셈이기 때문입니다. 그래서 연결 가운데 일부를 <em>마스크</em>로 끊습니다.',
  'learn.network.masks':
    '입력은 저마다 <em>순서</em>에서 1번, 2번, 3번 하는 자리를 차지합니다. 은닉 유닛에도 번호를 하나씩 붙이는데, 이 번호를 <em>차수</em>라고 합니다. 은닉 유닛은 차수가 가리키는 자리까지만 입력을 알 수 있고, 그 뒤는 알 수 없습니다. 두 유닛 사이의 연결은 앞 유닛이 알아도 되는 것을 뒤 유닛도 모두 알아도 될 때만 남깁니다. 출력으로 들어가는 연결은 유닛의 차수가 출력의 자리보다 작을 때만 남깁니다. 그래야 어떤 출력도 자기 입력을 보지 못합니다. 맨 위의 그림이 바로 이 모습입니다.',
  'learn.network.ensemble':
    '순서와 차수를 새로 뽑으면 같은 가중치가 다른 차례로 질문에 답합니다. 여러 순서로 학습한 모델에는 그 모든 순서로 물어볼 수 있고, 답을 평균하면 대개 어느 하나보다 낫습니다. 이렇게 평균한 것을 <em>앙상블</em>이라고 합니다.',

  // The loss and its unit.
  'learn.loss.title': '얼마나 좋은 모델인가: 손실과 nat',
  'learn.loss.surprise':
    '모델이 어떤 그림에 확률 <i>p</i>를 주었다면, 그 그림의 손실은 −log <i>p</i>입니다. 모델이 그 그림을 보고 놀란 정도라고 생각하면 됩니다. 틀림없다고 여긴 그림에는 손실이 없고, 드물다고 여긴 그림일수록 손실이 큽니다. 자연로그로 계산하면 단위가 <em>nat</em>(나트)이고, 이를 픽셀 수와 0.693(2의 자연로그)으로 나누면 픽셀당 비트가 됩니다. 학습은 학습 데이터의 손실을 줄이는 일입니다. 하지만 정말 중요한 것은 모델이 한 번도 보지 못한 데이터의 손실입니다.',
  'learn.loss.comparing':
    '손실은 데이터가 같고 회색을 흑백으로 바꾼 방법도 같을 때만 서로 비교할 수 있습니다. 위의 표는 논문에서 쓴 손글씨 숫자로 잰 값이며, 이 숫자는 픽셀마다 확률에 따라 흑백을 한 번 정해 둔 것입니다. 문턱값으로 나눈 숫자는 맞히기가 더 쉬우므로, 손실이 더 작더라도 더 나은 모델인 것은 아닙니다.',
  'learn.loss.paper':
    '논문: M. Germain, K. Gregor, I. Murray, H. Larochelle: MADE: Masked Autoencoder for Distribution Estimation. ICML 2015, PMLR 37, arXiv 1502.03509.',

  // The glossary beside it.
  'learn.glossary.title': '용어집',
  'learn.glossary.find': '용어 찾기',
  'learn.glossary.none': '“{wanted}”[이/가] 들어간 용어가 없습니다.',

  // The keys.
  'learn.keys.title': '단축키',
  'learn.keys.views': '화면 바꾸기(왼쪽 맨 위가 1번)',
  'learn.keys.settings': '설정 열기',
  'learn.keys.primary': '화면의 주 버튼 누르기',
  'learn.keys.open': '데이터 파일 열기',
  'learn.keys.export': '표본 내보내기',
  'learn.keys.undo': '마지막으로 바꾼 데이터나 모델 설정 되돌리기. 글을 입력하는 칸에서는 입력한 글 되돌리기',
  'learn.keys.redo': '되돌린 것 다시 실행하기',
  'learn.keys.pause': '학습을 일시 정지하거나 이어서 하기',
  'learn.keys.projector': '그림을 하나씩 전체 화면에 크게 보여 주기(발표용)',
  'learn.keys.digit': '모델이 숫자의 이름을 알 때, 그 숫자의 표본만 보기. 같은 키를 다시 누르면 되돌리기',
  'learn.keys.move': '숫자 사이를 옮겨 다니기. 표본을 크게 볼 때는 앞뒤 표본으로 가기',
  'learn.keys.enlarge': '고른 표본 크게 보기',
  'learn.keys.close': '열려 있는 것 닫기',
}
