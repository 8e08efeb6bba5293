import type { enginesGpu as english } from '../english/engines-gpu'
import type { Translation } from '../translation'

export const enginesGpu: Translation<typeof english> = {
  'engine.webgpu.not-in-this-process': '애플리케이션의 이 프로세스에서는 WebGPU를 쓸 수 없습니다.',
  'engine.webgpu.not-on-this-system': '이 시스템에서는 WebGPU를 쓸 수 없습니다.',
  'engine.webgpu.no-vulkan': '이 컴퓨터에는 WebGPU에 필요한 Vulkan 드라이버가 없습니다.',
  'engine.webgpu.no-package': '“webgpu” 패키지가 설치되지 않았거나, 이 컴퓨터용 빌드가 없습니다.',
  'engine.webgpu.unavailable.hint': '대신 CPU 엔진을 씁니다.',
  'engine.webgpu.no-gpu': 'WebGPU로 쓸 수 있는 GPU를 찾지 못했습니다.',
  'engine.webgpu.no-gpu.hint': '최신 GPU 드라이버를 설치하거나, CPU 엔진을 써 보세요.',
  'engine.webgpu.software': '여기서는 CPU가 GPU를 대신합니다. 결과는 정확하지만 느리며, CPU 엔진이 더 빠릅니다.',

  'engine.gpu.not-opened': '{gpu} GPU를 열 수 없습니다: {why}.',
  'engine.gpu.not-opened.hint': 'CPU 엔진을 쓰거나, GPU 드라이버를 업데이트해 보세요.',
  'engine.gpu.lost': 'GPU가 멈췄습니다: {why}.',
  'engine.gpu.lost.hint': '저장된 것은 그대로 있습니다. GPU나 CPU 엔진으로 이어서 할 수 있습니다.',
  'engine.gpu.full': 'GPU 메모리가 가득 찼습니다.',
  'engine.gpu.full.hint': '은닉 유닛이나 미니배치를 줄이거나, GPU를 쓰는 다른 프로그램을 닫거나, CPU 엔진을 써 보세요.',
  'engine.gpu.refused': 'GPU가 작업을 거부했습니다: {why}.',
  'engine.gpu.refused.hint': 'CPU 엔진을 쓰고, 이 문장을 알려 주세요.',

  'engine.gpu.large-model':
    '이 모델을 계산하려면 {size, number} MB짜리 메모리 한 덩어리가 필요하지만, 이 GPU는 {most, number} MB까지만 허용합니다.',
  'engine.gpu.large-minibatch':
    '미니배치 하나를 계산하려면 {size, number} MB짜리 메모리 한 덩어리가 필요하지만, 이 GPU는 {most, number} MB까지만 허용합니다.',
  'engine.gpu.large-rows':
    '데이터 행을 담으려면 {size, number} MB짜리 메모리 한 덩어리가 필요하지만, 이 GPU는 {most, number} MB까지만 허용합니다.',
  'engine.gpu.large-layer':
    '“{layer}” 층의 가중치를 담으려면 {size, number} MB짜리 메모리 한 덩어리가 필요하지만, 이 GPU는 {most, number} MB까지만 허용합니다.',
  'engine.gpu.smaller-model': '은닉 유닛이나 미니배치를 줄이거나, CPU 엔진을 써 보세요.',
  'engine.gpu.fewer-rows': '행 수를 줄이거나, CPU 엔진을 써 보세요.',

  'engine.tensorflow.others': '다른 엔진에는 필요하지 않습니다.',
  'engine.tensorflow.again.installed': '설정에서 추가 기능 팩을 제거한 다음 다시 추가해 보세요.',
  'engine.tensorflow.again.checkout': 'npm으로 설치했다면 “npm rebuild {package}”로 새로 받을 수 있습니다.',
  'engine.tensorflow.absent': 'TensorFlow 라이브러리가 설치되어 있지 않습니다.',
  'engine.tensorflow.absent.installed':
    '설정에서 따로 추가하는 기능 팩입니다. NVIDIA 그래픽 카드와 CUDA 11.2, cuDNN 8.1이 있으면 써 볼 만합니다.',
  'engine.tensorflow.absent.checkout': '“npm rebuild {package}”로 받을 수 있습니다(수백 MB).',
  'engine.tensorflow.unsupported': '이런 종류의 컴퓨터({system})에서 쓸 수 있는 TensorFlow가 없습니다.',
  'engine.tensorflow.unsupported.hint': 'TensorFlow는 Linux, Windows, macOS용만 있습니다.',
  'engine.tensorflow.wrong': '설치된 TensorFlow({version})의 계산 결과가 여기서는 틀리므로 쓰지 않습니다.',
  'engine.tensorflow.died': 'TensorFlow 라이브러리가 망가졌습니다. 시험해 보니 프로세스가 죽었습니다({how}).',
  'engine.tensorflow.died.code':
    'TensorFlow 라이브러리가 망가졌습니다. 시험해 보니 프로세스가 죽었습니다(종료 코드 {code}).',
  'engine.tensorflow.died.other-processor': '다른 종류의 CPU용으로 만들어진 라이브러리입니다.',
  'engine.tensorflow.silent': 'TensorFlow 라이브러리가 {seconds, number}초 안에 응답하지 않아서 쓰지 않습니다.',
  'engine.tensorflow.silent.hint': 'MADE Studio를 다시 시작하면 한 번 더 시험해 봅니다.',
  'engine.tensorflow.broken': 'TensorFlow 라이브러리가 망가졌습니다: {why}.',
  'engine.tensorflow.broken.silent': 'TensorFlow 라이브러리가 망가졌습니다. 아무 말 없이 끝났습니다.',
  'engine.tensorflow.library-missing': 'NVIDIA 가속에 필요한 CUDA 11.2와 cuDNN 8.1을 찾지 못했습니다({library} 없음).',
  'engine.tensorflow.library-missing.hint':
    '설치하면 쓸 수 있습니다. WebGPU 엔진을 쓸 수 있다면 그래픽 카드는 WebGPU로도 쓸 수 있습니다.',
  'engine.tensorflow.out-of-memory': '이 모델을 계산하기에는 TensorFlow의 메모리가 부족합니다.',
  'engine.tensorflow.out-of-memory.hint':
    '은닉 유닛이나 미니배치를 줄이거나, 메모리가 몇 배 덜 드는 CPU 엔진을 써 보세요.',

  'engine.tensorflow.no-gpu.old-driver':
    'NVIDIA 가속에는 더 새로운 그래픽 카드 드라이버가 필요해서, TensorFlow가 CPU로 계산합니다.',
  'engine.tensorflow.no-gpu.no-card': 'NVIDIA 그래픽 카드나 그 드라이버를 찾지 못해서, TensorFlow가 CPU로 계산합니다.',
  'engine.tensorflow.no-gpu.no-cuda':
    'NVIDIA 가속에 필요한 CUDA 11.2와 cuDNN 8.1을 찾지 못해서, TensorFlow가 CPU로 계산합니다. WebGPU 엔진을 쓸 수 있다면 그래픽 카드는 WebGPU로도 쓸 수 있습니다.',
  'engine.tensorflow.no-gpu.not-built': '이 TensorFlow 빌드에는 NVIDIA 가속이 없어서, TensorFlow가 CPU로 계산합니다.',
}
