/** What is said of GPUs and of TensorFlow. */
export const enginesGpu = {
  /** WebGPU: why it is not had. */
  'engine.webgpu.not-in-this-process': 'WebGPU is not to be had in this process of the application.',
  'engine.webgpu.not-on-this-system': 'WebGPU is not to be had on this system.',
  'engine.webgpu.no-vulkan': 'This computer has no Vulkan driver, which WebGPU needs.',
  'engine.webgpu.no-package': 'The package "webgpu" is not installed, or has no build for this computer.',
  'engine.webgpu.unavailable.hint': 'The cpu engine is used instead.',
  'engine.webgpu.no-gpu': 'No GPU was found that WebGPU can use.',
  'engine.webgpu.no-gpu.hint': 'Install the current driver of the graphics card, or use the cpu engine.',
  'engine.webgpu.software':
    'The processor stands in for a GPU here, which is correct and slow; the cpu engine is faster.',

  /** A GPU at work. */
  'engine.gpu.not-opened': 'The GPU {gpu} could not be opened: {why}.',
  'engine.gpu.not-opened.hint': 'Use the cpu engine, or update the driver of the GPU.',
  'engine.gpu.lost': 'The GPU stopped working: {why}.',
  'engine.gpu.lost.hint': 'What was saved is kept; continue on the GPU, or with the cpu engine.',
  'engine.gpu.full': 'The memory of the GPU is full.',
  'engine.gpu.full.hint':
    'Use fewer hidden units or a smaller minibatch, close other programs that use the GPU, or use the cpu engine.',
  'engine.gpu.refused': 'The GPU refused a piece of work: {why}.',
  'engine.gpu.refused.hint': 'Please use the cpu engine, and report this sentence.',

  /** What does not fit one buffer of a GPU. */
  'engine.gpu.large-model':
    'A part of the work on this model would take {size, number} MB in one piece; this GPU allows {most, number} MB.',
  'engine.gpu.large-minibatch':
    'The work on one minibatch would take {size, number} MB in one piece; this GPU allows {most, number} MB.',
  'engine.gpu.large-rows': 'The rows would take {size, number} MB in one piece; this GPU allows {most, number} MB.',
  'engine.gpu.large-layer':
    'The weights of the layer "{layer}" would take {size, number} MB in one piece; this GPU allows {most, number} MB.',
  'engine.gpu.smaller-model': 'Use fewer hidden units or a smaller minibatch, or the cpu engine.',
  'engine.gpu.fewer-rows': 'Use fewer rows, or the cpu engine.',

  /** TensorFlow: why it is not used. */
  'engine.tensorflow.others': 'The other engines do not need it.',
  'engine.tensorflow.again.installed': 'Remove the add-on pack in Settings, and add it again.',
  'engine.tensorflow.again.checkout': '"npm rebuild {package}" fetches it anew where it was installed with npm.',
  'engine.tensorflow.absent': 'The TensorFlow library is not installed.',
  'engine.tensorflow.absent.installed':
    'It is an add-on pack of its own, which Settings takes; worth having with an NVIDIA card, CUDA 11.2 and cuDNN 8.1.',
  'engine.tensorflow.absent.checkout': '"npm rebuild {package}" fetches it (hundreds of megabytes).',
  'engine.tensorflow.unsupported': 'There is no TensorFlow for this kind of computer ({system}).',
  'engine.tensorflow.unsupported.hint': 'It is made for Linux, Windows and macOS.',
  'engine.tensorflow.wrong': 'TensorFlow {version} is installed but computes wrong results here, so it is not used.',
  'engine.tensorflow.died': 'The TensorFlow library is broken: trying it ended its process ({how}).',
  'engine.tensorflow.died.code': 'The TensorFlow library is broken: trying it ended its process (exit code {code}).',
  'engine.tensorflow.died.other-processor': 'It was made for another kind of processor.',
  'engine.tensorflow.silent': 'The TensorFlow library did not answer within {seconds, number} s, so it is not used.',
  'engine.tensorflow.silent.hint': 'Start MADE Studio again to give it another try.',
  'engine.tensorflow.broken': 'The TensorFlow library is broken: {why}.',
  'engine.tensorflow.broken.silent': 'The TensorFlow library is broken: it ended without a word.',
  'engine.tensorflow.library-missing':
    'NVIDIA acceleration needs CUDA 11.2 and cuDNN 8.1, which were not found ({library} is missing).',
  'engine.tensorflow.library-missing.hint':
    'Install them to use it; a graphics card can still be used through WebGPU, where that engine is available.',
  'engine.tensorflow.out-of-memory': 'TensorFlow ran out of memory with this model.',
  'engine.tensorflow.out-of-memory.hint':
    'Use fewer hidden units or a smaller minibatch, or the cpu engine, which needs several times less.',

  /** TensorFlow: why it computes on the processor. */
  'engine.tensorflow.no-gpu.old-driver':
    'NVIDIA acceleration needs a newer driver for the graphics card, so TensorFlow computes on the processor.',
  'engine.tensorflow.no-gpu.no-card':
    'No NVIDIA graphics card, or no driver for it, was found, so TensorFlow computes on the processor.',
  'engine.tensorflow.no-gpu.no-cuda':
    'NVIDIA acceleration needs CUDA 11.2 and cuDNN 8.1, which were not found, so TensorFlow computes on the processor. A graphics card can still be used through WebGPU, where that engine is available.',
  'engine.tensorflow.no-gpu.not-built':
    'This build of TensorFlow has no NVIDIA acceleration, so TensorFlow computes on the processor.',
} as const
