/** The view Model: a run that is being set up. Keys begin with `draft.` */
export const modelView = {
  'draft.subtitle': 'for {data}, {inputs, plural, one {# input} other {# inputs}}',
  'draft.train': 'Train',
  'draft.train-next': 'Train next',
  'draft.train-later': 'Add to the queue',
  'draft.go-to-run': 'Go to the run',
  'draft.wrong':
    '{wrong, plural, one {“{field}” needs correcting first.} other {# settings need correcting first, “{field}” among them.}}',
  'draft.wrong.show': 'Show it',

  // Settings of other data.
  'draft.other-data':
    'These settings are those of “{run}”, which was trained on <b>{trained}</b> ({trainedInputs, plural, one {# input} other {# inputs}}). Open now: {open} ({openInputs, plural, one {# input} other {# inputs}}).',
  'draft.other-data.open': 'Open {data}',
  'draft.other-data.keep': 'Use what is open',

  // Presets: as they are offered, and as the run is called.
  'draft.presets': 'Start from',
  'draft.preset.quick': 'Quick look',
  'draft.preset.quick.run': 'Quick look',
  'draft.preset.quick.mnist': 'A small model that soon draws recognisable digits.',
  'draft.preset.quick.other': 'A small model that soon shows what there is to learn.',
  'draft.preset.one': 'One hidden layer (paper)',
  'draft.preset.one.run': 'One hidden layer',
  'draft.preset.one.mnist':
    'One wide hidden layer as in the paper, which reports 88.40\u00a0nats on its binarized MNIST.',
  'draft.preset.one.other':
    'One wide hidden layer, as the paper has it for pictures of digits; more than most tables need.',
  'draft.preset.two': 'Two hidden layers, 32 masks (paper)',
  'draft.preset.two.run': 'Two hidden layers, 32 masks',
  'draft.preset.two.mnist': 'The paper’s best model for binarized MNIST, 86.64\u00a0nats with 32 masks.',
  'draft.preset.two.other': 'The largest model of the paper, under 32 masks; for large sets of pictures.',
  'draft.preset.none.run': 'My model',
  'draft.preset.time': '{time} on this computer',

  // Hidden layers.
  'draft.hidden.inputs': 'Inputs',
  'draft.hidden.outputs': 'Outputs',
  'draft.hidden.add': 'Add layer',
  'draft.hidden.remove': 'Remove layer {layer, number}',
  'draft.hidden.problem': 'Layer {layer, number}: {problem}',
  'draft.hidden.help': 'How many units each layer has: more can learn more, and take longer.',
  'draft.hidden.limits': '{bounds} units, up to {layers, number} layers.',
  'draft.hidden.limits.preset': '“{preset}” has {units} · {bounds} units, up to {layers, number} layers.',

  // Orderings and masks.
  'draft.orderings': 'Orderings',
  'draft.orderings.text': 'In which order the model goes through the inputs when it predicts them.',
  'draft.orderings.number': 'Number of orderings',
  'draft.orderings.one': 'The same ordering for every update. Fastest to learn; the default.',
  'draft.orderings.list': 'Updates go round a list of random orderings; the test averages over all of them.',
  'draft.orderings.fresh': 'A new random one for every update. Slowest to learn, and the most versatile.',
  'draft.masks': 'Masks',
  'draft.masks.text': 'Which hidden units may know of which inputs; several masks make one model act like many.',
  'draft.masks.number': 'Number of masks',
  'draft.masks.one': 'The same mask for every update. Fastest to learn; the default.',
  'draft.masks.list': 'Updates go round a list of random masks; the test averages over all of them.',
  'draft.masks.fresh': 'A new random one for every update. Slowest to learn, and the most versatile.',
  'draft.list.one': 'One',
  'draft.list.list': 'A list',
  'draft.list.fresh': 'New each update',
  'draft.order': 'Which order',
  'draft.order.natural': 'Natural',
  'draft.order.random': 'Random',
  'draft.order.natural.picture': 'Row by row, from the top left.',
  'draft.order.natural.row': 'From the first input to the last.',
  'draft.order.random.text': 'One random order, drawn from the seed.',

  // Advanced settings.
  'draft.advanced': 'Advanced',
  'draft.advanced.text': 'Activation, optimizer, minibatch, early stopping, seed, engine',
  'draft.advanced.learns': 'How it learns',
  'draft.advanced.trains': 'How long, and on what',
  'draft.advanced.made': 'What the model is made of',

  // What is known of the model.
  'draft.about': 'About the model',
  'draft.figures': 'The model in figures',
  'draft.figures.parameters': 'Parameters',
  'draft.figures.memory': 'Memory while training',
  'draft.figures.epoch': 'An epoch takes',
  'draft.figures.all': 'All epochs take',
  'draft.figures.file': 'Model file',
  'draft.memory.none': 'This does not fit: this computer has {memory}. Fewer units help.',
  'draft.memory.little': 'This is much of the {memory} of this computer. Close other large programs before you train.',
  'draft.architecture': 'Architecture',
  'draft.architecture.drawing': 'Layers of the model from inputs to outputs',
  'draft.architecture.more': '{layers, plural, one {and # more layer} other {and # more layers}}',

  // The drawing of the masks.
  'draft.stairs.ways': 'Units in the drawing',
  'draft.stairs.sorted': 'Sorted',
  'draft.stairs.unsorted': 'As they lie',
  'draft.stairs.next': 'Next',
  'draft.stairs.layer': 'layer {layer, number}',
  'draft.stairs.outputs': 'outputs',
  'draft.stairs.direct': 'direct',
  'draft.stairs.mask': 'Mask into {name}, {share} kept',
  'draft.stairs.text':
    'Each small square is a connection into a layer of a scaled-down model; the filled ones are kept.',
  'draft.stairs.sorted.text':
    'Sorted by place and degree, they make staircases, and so no output ever sees its own input.',
  'draft.stairs.unsorted.text': 'The same masks, with the units where they lie.',
  'draft.stairs.changing.text': 'The same masks, with the units where they lie; others in every update.',
} as const
