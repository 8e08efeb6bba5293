/** Engines. Keys begin with `engine.` */
export const engines = {
  /** Which engine is had. */
  'engine.cannot-be-used': 'The engine "{engine}" cannot be used on this computer.',
  'engine.cannot-be-used.hint': 'Choose the engine "auto".',

  /** What an engine computes on: names beside one another. */
  'engine.processor': 'processor',
  'engine.cpu.device': '{processor}, {build}, {threads, plural, one {# thread} other {# threads}}',
  'engine.build.avx512': 'AVX-512',
  'engine.build.avx2': 'AVX2',
  'engine.build.baseline': '128-bit vectors',
  'engine.build.wasm-relaxed': 'WebAssembly relaxed SIMD',
  'engine.build.wasm': 'WebAssembly SIMD',
  'engine.build.typescript': 'TypeScript',
  'engine.webgpu.device': '{adapter}, WebGPU',
  'engine.tensorflow.gpu': '{gpu}, TensorFlow {version} with CUDA',
  'engine.tensorflow.cpu': '{processor}, TensorFlow {version}',
  'engine.tensorflow.nvidia-gpu': 'NVIDIA GPU',
  'engine.tensorflow.unknown-version': 'unknown',

  /** The cpu engine without its native kernels. */
  'engine.cpu.slower':
    'Computing is slower than it could be: {native, select, absent {the native kernels are not there} other {the native kernels cannot be loaded ({nativeWhy})}}.',
  'engine.cpu.slow':
    'Computing is slow: {native, select, absent {the native kernels are not there} other {the native kernels cannot be loaded ({nativeWhy})}}, and {wasm, select, absent {the WebAssembly kernels are not there} refused {this version of Node.js does not run the WebAssembly kernels} other {the WebAssembly kernels cannot be loaded ({wasmWhy})}}.',
  'engine.cpu.remedy.installed':
    'Installing MADE Studio again brings them back; it may be that this system is older than it needs.',
  'engine.cpu.remedy.checkout': '"npm run build" compiles them where there is a C++ compiler.',
  'engine.cpu.no-build': 'The build {build} of the cpu engine does not work here.',
  'engine.cpu.no-build.hint': 'Those that do: {builds}.',

  /** The limits of the WebAssembly kernels, and threads that end. */
  'engine.wasm.large-model':
    'This model takes about {gigabytes, number, ::.0} GB of memory; the WebAssembly kernels can have 4 GB.',
  'engine.wasm.large-rows':
    'This model with these rows takes about {gigabytes, number, ::.0} GB of memory; the WebAssembly kernels can have 4 GB.',
  'engine.wasm.large-minibatches':
    'This model with minibatches of {rows, number} rows takes about {gigabytes, number, ::.0} GB of memory; the WebAssembly kernels can have 4 GB.',
  'engine.wasm.large.hint':
    'Use fewer hidden units, smaller minibatches, or an optimizer with less state such as sgd. The native kernels have no such limit.',
  'engine.wasm.out-of-memory': 'The WebAssembly kernels have run out of memory.',
  'engine.wasm.out-of-memory.hint':
    'Use a smaller model, minibatch or data set. The native kernels have no such limit; "npm run build" compiles them.',
  'engine.thread.ended': 'A thread that was computing has stopped unexpectedly (it ended).',
  'engine.thread.failed': 'A thread that was computing has stopped unexpectedly ({why}).',
  'engine.thread.hint': 'What was saved is kept; it can be continued from there.',

  /** What a session refuses. */
  'engine.session.closed': 'The model is closed.',
  'engine.session.closed.hint': 'Open it again, and repeat the request.',
  'engine.session.no-head': 'The engine {engine} cannot compute {kinds} variables, which this model has.',
  'engine.session.no-head.hint': 'Choose the engine CPU, or let it be chosen.',
  'engine.variables.binary': 'binary',
  'engine.variables.categorical': 'categorical',
  'engine.session.half-given':
    'Row {row, number} gives {given, number} of the columns {first} to {last}, which are one variable.',
  'engine.session.half-given.hint': 'Give all of them, or none.',
  'engine.session.not-one-value':
    'Row {row, number} of the data has {ones, number} ones in the columns {first} to {last}, which are the values of one variable.',
  'engine.session.not-one-value.hint': 'Choose rows that have exactly one of these values each.',
  'engine.session.other-width':
    'The data have {columns, plural, one {# column} other {# columns}}, but the model has {inputs, plural, one {# input} other {# inputs}}.',
  'engine.session.other-width.hint': 'Choose the data that the model was trained on, or train a new model on these.',
  'engine.session.no-training': 'This model was opened to be scored and drawn from, not to be trained.',
  'engine.session.no-training.hint': 'Start or continue a run to train it.',
  'engine.session.slot-missing': 'This state does not belong to this model: the optimizer slot "{slot}" is missing.',
  'engine.session.tensor-missing':
    'This state does not belong to this model: the tensor "{name}" is missing or has another size.',
  'engine.session.misfit.hint': 'Continue from an earlier checkpoint, or start a new run.',
} as const
