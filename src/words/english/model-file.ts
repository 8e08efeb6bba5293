/** The file of a model. Keys begin with `model.file.` */
export const modelFile = {
  'model.file.not-made': 'This safetensors file is not a MADE model.',
  'model.file.not-made.hint':
    'Choose a file that MADE Studio exported; one that PyTorch saved again needs its metadata (save_file(tensors, path, metadata)).',
  'model.file.version': 'This model has format version {version}; versions {known} are read.',
  'model.file.version.hint': 'Update MADE Studio, or export the model again in version {newest}.',
  'model.file.no-version': 'unknown',
  'model.file.unreadable':
    'This model file is damaged: {part, select, validated {its validation loss} spec {its description of the architecture} schedule {its schedule} variables {its variables} leading {its leading variables} count {the number of its variables} other {one of its variables}} cannot be read.',
  'model.file.not-json':
    'This model file is damaged: its {part, select, validated {validation loss} spec {description of the architecture} other {schedule}} is missing or is not JSON.',
  'model.file.stray-variables': 'This model file is damaged: it names variables, which version 1 does not have.',
  'model.file.seed': 'This model file is damaged: the seed of its schedule is out of range.',
  'model.file.no-number': 'This model file is damaged: the tensor "{tensor}" holds a value that is not a number.',
  'model.file.no-connectivity': 'This model file is damaged: it holds no ordering and degrees.',
  'model.file.stray-tensor': 'This model file is damaged: its architecture has no place for the tensor {tensor}.',
  'model.file.damaged.hint': 'Copy or export it again from where it came.',

  /** What a model file says of the preparation of its data. */
  'model.file.preparation.version':
    'This model says how its data are prepared in version {version}; version {known} is read.',
  'model.file.preparation.version.hint': 'Update MADE Studio.',
  'model.file.preparation.unreadable': 'This model file is damaged: its preparation of data cannot be read.',
  'model.file.preparation.contradicts': 'This model file is damaged: its preparation of data contradicts itself.',
  'model.file.preparation.bits':
    'This model file is damaged: its preparation of data makes {bits} bits of a row where it has {inputs} inputs.',

  /** The container of models and checkpoints. */
  'model.file.container.short': 'This is not a safetensors file: it is too short.',
  'model.file.container.header-length': 'This is not a safetensors file: its header length is out of range.',
  'model.file.container.header-json': 'This is not a safetensors file: its header is not JSON.',
  'model.file.container.header-object': 'This is not a safetensors file: its header is not a JSON object.',
  'model.file.container.hint': 'Choose a model file that ends in .safetensors.',
  'model.file.container.ends-in-header': 'This safetensors file is damaged: it ends inside its header.',
  'model.file.container.ends-in-tensor': 'This safetensors file is damaged: it ends inside the tensor "{tensor}".',
  'model.file.container.no-tensor': 'This safetensors file is damaged: the tensor "{tensor}" is missing.',
  'model.file.container.other-type':
    'This safetensors file is damaged: the tensor "{tensor}" is {type}, not {expected}.',
  'model.file.container.other-shape':
    'This safetensors file is damaged: the tensor "{tensor}" is {shape}, not {expected}.',
  'model.file.container.beyond':
    'This safetensors file is damaged: the tensor "{tensor}" holds {value}, which is beyond {type}.',
  'model.file.container.gap': 'This safetensors file is damaged: the tensor {tensor} overlaps another or leaves a gap.',
  'model.file.container.length':
    'This safetensors file is damaged: it holds {bytes} bytes of numbers where its header speaks of {expected}.',
  'model.file.container.metadata': 'This safetensors file is damaged: its metadata is not an object.',
  'model.file.container.metadata-text': 'This safetensors file is damaged: its metadata {key} is not text.',
  'model.file.container.no-type': 'This safetensors file is damaged: the tensor {tensor} has no type.',
  'model.file.container.unknown-type':
    'The tensor {tensor} of this safetensors file has the type {type}, which is not read.',
  'model.file.container.unknown-type.hint':
    'Save it again with weights in float32 and whole numbers in int32; F64, F16, BF16 and I64 are read as well.',
  'model.file.container.no-shape': 'This safetensors file is damaged: the tensor {tensor} has no valid shape.',
  'model.file.container.no-place':
    'This safetensors file is damaged: the tensor {tensor} has no valid place in the file.',
  'model.file.container.unfilled':
    'This safetensors file is damaged: the tensor {tensor} does not fill its place in the file.',
} as const
