import type { settingsView as english } from '../english/settings-view'
import type { Translation } from '../translation'

export const settingsView: Translation<typeof english> = {
  'settings.like-system': '시스템 설정에 따름',

  'settings.language': '언어',
  'settings.appearance': '화면 모드',
  'settings.appearance.light': '밝게',
  'settings.appearance.dark': '어둡게',

  // Engines.
  'settings.engine': '엔진',
  'settings.engine.text': '새 학습을 컴퓨터의 어느 부분에서 계산할지 정합니다. 모델에서 따로 정한 설정이 우선합니다.',
  'settings.engine.auto': '자동으로 고르기',
  'settings.engine.auto.timed':
    '가장 빠른 엔진을 씁니다. 학습을 시작할 때 {engines}에서 모델을 몇 번 갱신해 보고 시간을 잽니다.',
  'settings.engine.auto.one': '쓸 수 있는 엔진 중 가장 빠른 엔진을 씁니다.',
  'settings.engine.auto.now': '쓸 수 있는 엔진 중 가장 빠른 엔진을 씁니다. 지금은 {engine}입니다.',
  'settings.engine.measured': '최근에 “{name}”에서 잰 속도: {speeds}.',

  // The add-on pack of TensorFlow.
  'settings.add-on.installed': 'TensorFlow {version} 추가 기능 팩이 설치되어 있습니다.',
  'settings.add-on.text':
    'TensorFlow는 설치 파일과 함께 제공되는 추가 기능 팩입니다. CUDA 11.2와 cuDNN 8.1이 설치된 NVIDIA 그래픽 카드가 있으면 쓸 만합니다. WebGPU는 이 팩 없이도 모든 그래픽 카드에서 동작합니다.',
  'settings.add-on.remove': '제거',
  'settings.add-on.add': '파일에서 추가…',
  'settings.add-on.unpacking': '압축을 푸는 중…',
  'settings.add-on.is-installed': 'TensorFlow를 설치했습니다.',
  'settings.add-on.is-removed': 'TensorFlow 추가 기능 팩을 제거했습니다.',

  // While it works.
  'settings.work': '학습하는 동안',
  'settings.awake': '컴퓨터를 잠들지 않게 하기',
  'settings.awake.help': '학습하는 동안 시스템이 컴퓨터를 절전 상태로 바꾸지 않습니다. 화면은 꺼질 수 있습니다.',

  // The folder of runs.
  'settings.folder': '학습 기록 폴더',
  'settings.folder.text': '모델, 곡선, 체크포인트를 학습마다 폴더 하나씩 만들어 여기에 저장합니다.',
  'settings.folder.choose': '고르기…',
  'settings.folder.moving': '{runs, plural, other {학습 기록 #개를 옮기는 중…}}',
  'settings.folder.copying': '{runs, plural, other {학습 기록 #개를 복사하는 중…}}',
  'settings.folder.arrived': '옮긴 학습 기록',

  // About.
  'settings.about': '정보',
  'settings.about.system': '시스템',
  'settings.about.text':
    'MADE는 Germain, Gregor, Murray, Larochelle의 모델입니다(ICML 2015). 숫자 그림은 LeCun, Cortes, Burges의 MNIST이고, 버섯은 UCI 머신 러닝 저장소의 데이터입니다(CC BY 4.0). 이 프로그램은 네트워크를 전혀 쓰지 않으므로 어떤 데이터도 이 컴퓨터 밖으로 나가지 않습니다.',
  'settings.licences': '라이선스',
  'settings.licences.show': '라이선스…',
}
