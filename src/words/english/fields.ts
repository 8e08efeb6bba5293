/** Settings: their names and explanations, their limits, and what is wrong with what was typed. Keys begin with `field.` */
export const fields = {
  // What may be typed.
  'field.bounds': '{least} to {most}',
  'field.bounds.below': '{least} to below {most}',
  'field.limits': '{bounds}.',
  'field.limits.default': 'Default {value}; {bounds}.',
  'field.limits.preset': '“{preset}” has {value}; {bounds}.',
  'field.limits.seed': 'Default {value}; any whole number from 0.',
  'field.whole-number': 'A whole number from {bounds}, please.',
  'field.number': 'A number from {bounds}, please.',

  // Units.
  'field.unit.bits': 'bits',
  'field.unit.epochs': 'epochs',
  'field.unit.examples': 'examples',
  'field.unit.inputs': 'inputs',
  'field.unit.masks': 'masks',
  'field.unit.orderings': 'orderings',
  'field.unit.pairs': 'pairs',
  'field.unit.pixels': 'pixels',
  'field.unit.rows': 'rows',

  // What the model is.
  'field.name': 'Name of the run',
  'field.name.missing': 'A name, please: it is how you find the run again.',
  'field.name.long': 'At most {most, number} characters, please.',
  'field.hidden': 'Hidden layers',
  'field.layer': 'Layer {layer, number}',
  'field.orderings': 'How many orderings',
  'field.orderings.help': 'The length of the list.',
  'field.masks': 'How many masks',
  'field.masks.help': 'The length of the list.',
  'field.activation': 'Curve of the hidden units',
  'field.activation.term': 'activation',
  'field.activation.help': 'The curve that each hidden unit puts its sum through. Default ReLU.',
  'field.initialisation': 'First weights',
  'field.initialisation.term': 'initialisation',
  'field.initialisation.help': 'How the weights are drawn before the first update. Default uniform.',
  'field.initialisation.uniform': 'Uniform',
  'field.initialisation.orthogonal': 'Orthogonal',
  'field.initialisation.gaussian': 'Gaussian',
  'field.output-biases': 'First guesses',
  'field.output-biases.term': 'output biases',
  'field.output-biases.help':
    'What the model predicts before the first update: coin flips, or how often each input is one in the training data, which learns faster at first. Default coin flips.',
  'field.output-biases.zero': 'Coin flips',
  'field.output-biases.frequencies': 'As often as in the data',
  'field.direct': 'Direct connections',
  'field.direct.help': 'Adds weights from inputs straight to outputs; they help a little and cost a little.',
  'field.conditioning': 'Conditioning weights',
  'field.conditioning.help':
    'Adds weights that tell each unit which masks are in use; useful with many masks. Default off.',

  // How it is trained.
  'field.l2': 'Keep weights small',
  'field.l2.term': 'L2 penalty',
  'field.l2.help':
    'Holds the weights gently near zero, which can help a large model on few examples; 0 switches it off.',
  'field.batch-size': 'Examples per update',
  'field.batch-size.term': 'minibatch',
  'field.batch-size.help': 'How many examples are averaged for one change of the weights.',
  'field.epochs': 'Most epochs',
  'field.epochs.help': 'How many times at most the model goes through all training examples.',
  'field.look-ahead': 'Patience',
  'field.look-ahead.term': 'look-ahead',
  'field.look-ahead.help': 'Training ends after this many epochs without a better validation loss.',
  'field.averaged-epochs': 'Average the weights over',
  'field.averaged-epochs.help':
    'The model that is judged and kept has the average of the weights over the latest epochs, which is often better; 1 takes them as they are.',
  'field.seed': 'Seed',
  'field.seed.help': 'The number that all chance comes from: the same seed and settings give the same run again.',
  'field.validation-pairs': 'Pairs averaged in validation',
  'field.validation-pairs.help':
    'With orderings or masks that are new in each update: over how many pairs of them the loss after each epoch is averaged.',
  'field.test-pairs': 'Pairs averaged in the test',
  'field.test-pairs.help':
    'With orderings or masks that are new in each update: over how many pairs of them the final result is averaged.',
  'field.engine': 'Engine',
  'field.engine.help': 'Which part of the computer does the work. Default: the fastest one that is there.',
  'field.engine.auto': 'Choose for me',

  // The optimizer and its numbers.
  'field.optimizer': 'Optimizer',
  'field.optimizer.help': 'The rule that turns gradients into changes of the weights.',
  'field.optimizer.sgd': 'Plain gradient descent (SGD)',
  'field.learning-rate': 'Step size',
  'field.learning-rate.term': 'learning rate',
  'field.learning-rate.help': 'How far each update moves the weights: too small is slow, too large never settles.',
  'field.learning-rate-schedule': 'Step size over time',
  'field.learning-rate-schedule.term': 'schedule',
  'field.learning-rate-schedule.help':
    'Steps can shrink to nothing by the last planned epoch, so that the weights come to rest.',
  'field.learning-rate-schedule.constant': 'Stays as it is',
  'field.learning-rate-schedule.cosine': 'Shrinks to zero (cosine)',
  'field.epsilon': 'Guard against dividing by zero',
  'field.epsilon.help': 'A tiny number that keeps the steps finite where gradients vanish.',
  'field.rho': 'How long gradients count',
  'field.rho.help':
    'Steps follow the usual size of past gradients: nearer to 1 counts more of them, 0.95 about the last 20.',
  'field.beta1': 'How long directions count',
  'field.beta1.help':
    'Steps follow the average direction of past gradients: nearer to 1 counts more of them, 0.9 about the last 10.',
  'field.beta2': 'How long sizes count',
  'field.beta2.help':
    'Steps are scaled by the usual size of past gradients: nearer to 1 counts more of them, 0.999 about the last 1,000.',
  'field.decay': 'Smaller steps over time',
  'field.decay.term': 'decay',
  'field.decay.help': 'The step shrinks to 1/(1 + decay × update); 0 keeps it as it is.',
  'field.momentum': 'Momentum',
  'field.momentum.help': 'How much of the last step is carried into the next; 0 carries nothing.',
} as const
