import type { engines as english } from '../english/engines'
import type { Translation } from '../translation'

export const engines: Translation<typeof english> = {
  'engine.cannot-be-used': '이 컴퓨터에서는 “{engine}” 엔진을 쓸 수 없습니다.',
  'engine.cannot-be-used.hint': '엔진을 “auto”로 골라 보세요.',

  'engine.processor': 'CPU',
  'engine.cpu.device': '{processor}, {build}, 스레드 {threads, plural, other {#개}}',
  'engine.build.avx512': 'AVX-512',
  'engine.build.avx2': 'AVX2',
  'engine.build.baseline': '128비트 벡터',
  'engine.build.wasm-relaxed': 'WebAssembly(relaxed SIMD)',
  'engine.build.wasm': 'WebAssembly(SIMD)',
  'engine.build.typescript': 'TypeScript',
  'engine.webgpu.device': '{adapter}, WebGPU',
  'engine.tensorflow.gpu': '{gpu}, TensorFlow {version}(CUDA 사용)',
  'engine.tensorflow.cpu': '{processor}, TensorFlow {version}',
  'engine.tensorflow.nvidia-gpu': 'NVIDIA 그래픽 카드',
  'engine.tensorflow.unknown-version': '버전 미상',

  'engine.cpu.slower':
    '{native, select, absent {네이티브 커널이 없어서} other {네이티브 커널을 불러올 수 없어서({nativeWhy})}} 계산이 원래보다 느립니다.',
  'engine.cpu.slow':
    '{native, select, absent {네이티브 커널이 없고} other {네이티브 커널을 불러올 수 없고({nativeWhy})}} {wasm, select, absent {WebAssembly 커널도 없어서} refused {이 버전의 Node.js에서는 WebAssembly 커널도 돌아가지 않아서} other {WebAssembly 커널도 불러올 수 없어서({wasmWhy})}} 계산이 느립니다.',
  'engine.cpu.remedy.installed':
    'MADE Studio를 다시 설치하면 돌아옵니다. 이 시스템이 필요한 것보다 오래되었을 수도 있습니다.',
  'engine.cpu.remedy.checkout': 'C++ 컴파일러가 있으면 “npm run build”로 컴파일할 수 있습니다.',
  'engine.cpu.no-build': 'CPU 엔진의 {build} 빌드는 여기서 작동하지 않습니다.',
  'engine.cpu.no-build.hint': '작동하는 빌드: {builds}.',

  'engine.wasm.large-model':
    '이 모델에는 메모리가 약 {gigabytes, number, ::.0} GB 필요하지만, WebAssembly 커널은 4 GB까지만 쓸 수 있습니다.',
  'engine.wasm.large-rows':
    '이 모델과 이 데이터에는 메모리가 약 {gigabytes, number, ::.0} GB 필요하지만, WebAssembly 커널은 4 GB까지만 쓸 수 있습니다.',
  'engine.wasm.large-minibatches':
    '이 모델에 {rows, number}행짜리 미니배치를 쓰려면 메모리가 약 {gigabytes, number, ::.0} GB 필요하지만, WebAssembly 커널은 4 GB까지만 쓸 수 있습니다.',
  'engine.wasm.large.hint':
    '은닉 유닛이나 미니배치를 줄이거나, sgd처럼 상태가 적은 최적화 방법을 써 보세요. 네이티브 커널에는 이런 한계가 없습니다.',
  'engine.wasm.out-of-memory': 'WebAssembly 커널의 메모리가 부족합니다.',
  'engine.wasm.out-of-memory.hint':
    '모델이나 미니배치, 데이터를 줄여 보세요. 네이티브 커널에는 이런 한계가 없으며, “npm run build”로 컴파일할 수 있습니다.',
  'engine.thread.ended': '계산하던 스레드가 갑자기 멈췄습니다(스스로 끝났습니다).',
  'engine.thread.failed': '계산하던 스레드가 갑자기 멈췄습니다({why}).',
  'engine.thread.hint': '저장된 것은 그대로 있으니, 거기서부터 이어서 할 수 있습니다.',

  'engine.session.closed': '모델이 닫혀 있습니다.',
  'engine.session.closed.hint': '모델을 다시 연 다음 한 번 더 해 보세요.',
  'engine.session.no-head': '{engine} 엔진은 이 모델에 있는 {kinds} 변수를 계산하지 못합니다.',
  'engine.session.no-head.hint': 'CPU 엔진을 고르거나, 엔진을 자동으로 고르게 해 보세요.',
  'engine.variables.binary': '이진',
  'engine.variables.categorical': '범주형',
  'engine.session.half-given':
    '{first}열부터 {last}열까지는 한 변수인데, {row, number}번째 행에는 그중 {given, number}개만 주어졌습니다.',
  'engine.session.half-given.hint': '모두 주거나, 하나도 주지 마세요.',
  'engine.session.not-one-value':
    '{first}열부터 {last}열까지는 한 변수의 값인데, 데이터의 {row, number}번째 행에는 그중 1이 {ones, number}개 있습니다.',
  'engine.session.not-one-value.hint': '이 값 가운데 정확히 하나만 가진 행을 골라 보세요.',
  'engine.session.other-width':
    '데이터의 열은 {columns, plural, other {#개}}인데, 모델의 입력은 {inputs, plural, other {#개}}입니다.',
  'engine.session.other-width.hint': '모델을 학습시킨 데이터를 고르거나, 이 데이터로 새 모델을 학습시켜 보세요.',
  'engine.session.no-training': '이 모델은 점수를 매기고 표본을 뽑으려고 연 것이라 학습할 수 없습니다.',
  'engine.session.no-training.hint': '학습을 새로 시작하거나, 하던 학습을 이어서 해 보세요.',
  'engine.session.slot-missing': '이 상태는 이 모델의 것이 아닙니다. 최적화 방법의 슬롯 “{slot}”[이/가] 없습니다.',
  'engine.session.tensor-missing': '이 상태는 이 모델의 것이 아닙니다. 텐서 “{name}”[이/가] 없거나 크기가 다릅니다.',
  'engine.session.misfit.hint': '더 앞의 체크포인트에서 이어서 하거나, 학습을 새로 시작해 보세요.',
}
