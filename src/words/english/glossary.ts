/** The glossary: each term, and what it means in one or two plain sentences. Keys begin with `term.` */
export const glossary = {
  // What a model is.
  'term.distribution': 'Distribution',
  'term.distribution.text':
    'What gives every possible example a probability: high for those that look real, next to nothing for the rest.',
  'term.autoregressive': 'Autoregressive',
  'term.autoregressive.text': 'Of a model that predicts its inputs one after another, each from those before it.',
  'term.ordering': 'Ordering',
  'term.ordering.text':
    'The order in which the model goes through the inputs. Each input is predicted from those before it.',
  'term.hidden': 'Hidden units',
  'term.hidden.text':
    'The numbers that a layer computes on the way from inputs to outputs. More of them can learn more, and take longer.',
  'term.degree': 'Degree',
  'term.degree.text':
    'A number given to each hidden unit: it may know the inputs up to that place in the ordering, and none after it.',
  'term.mask': 'Mask',
  'term.mask.text':
    'Which connections of a layer are kept. Masks cut every path from an input to the outputs that must not see it.',
  'term.connectivity': 'Connectivity',
  'term.connectivity.text': 'One ordering together with one set of degrees: all masks follow from them.',
  'term.ensemble': 'Ensemble',
  'term.ensemble.text':
    'Several orderings or masks of one model, their probabilities averaged. Usually better than any one of them.',
  'term.direct': 'Direct connections',
  'term.direct.text': 'Weights from the inputs straight to the outputs, next to those through the hidden layers.',
  'term.conditioning': 'Conditioning weights',
  'term.conditioning.text': 'Extra weights that tell each unit which masks are in use, so that it can adapt to them.',
  'term.activation': 'Activation',
  'term.activation.text':
    'What a hidden unit does with the sum that reaches it, such as keeping only what is above zero. Without it a network could learn next to nothing.',
  'term.weight': 'Weight',
  'term.weight.text': 'How strongly a connection counts. The weights are what training changes, and what is kept.',

  // Training.
  'term.epoch': 'Epoch',
  'term.epoch.text': 'One pass over all training examples.',
  'term.minibatch': 'Minibatch',
  'term.minibatch.text': 'The handful of examples that one update of the weights is computed from.',
  'term.learning-rate': 'Step size (learning rate)',
  'term.learning-rate.text':
    'How far each update moves the weights. Too small, and training takes long; too large, and it never settles.',
  'term.learning-rate-schedule': 'Learning-rate schedule',
  'term.learning-rate-schedule.text':
    'How the step size goes over a run: constant, or along a cosine from its whole length down to zero at the last planned epoch. Short steps at the end let the weights settle.',
  'term.weight-averaging': 'Weight averaging',
  'term.weight-averaging.text':
    'Judging and keeping the average of the weights over the latest epochs in place of the newest: what single updates throw about cancels out.',
  'term.optimizer': 'Optimizer',
  'term.optimizer.text': 'The rule that turns the loss on a minibatch into changes of the weights.',
  'term.l2': 'L2 penalty (weight decay)',
  'term.l2.text':
    'A gentle pull of all weights towards zero, so that the model is less likely to learn the training examples by heart.',
  'term.look-ahead': 'Patience (look-ahead)',
  'term.look-ahead.text':
    'Early stopping: for how many epochs training waits for a better validation loss before it ends. The best model so far is the one that is kept.',
  'term.validation': 'Validation rows',
  'term.validation.text': 'Examples that are never trained on. The loss on them tells when to stop.',
  'term.test': 'Test rows',
  'term.test.text': 'Examples kept for the end: the loss on them is the result to compare with others.',
  'term.diverge': 'Diverging',
  'term.diverge.text':
    'Training diverges when its steps are so large that the loss grows beyond all bounds. A smaller learning rate helps.',
  'term.seed': 'Seed',
  'term.seed.text': 'The number that all chance begins with: the same seed gives the same draws.',
  'term.run': 'Run',
  'term.run.text': 'One training from its beginning to its end, kept with its settings, its losses and its model.',

  // How good a model is.
  'term.loss': 'Loss (negative log-likelihood)',
  'term.loss.text':
    'How surprised the model is by an example: minus the logarithm of the probability that it gives it. Lower is better.',
  'term.nats': 'Nat',
  'term.nats.text':
    'A unit of surprise, like the bit: 1 nat is 1.44 bits. A model that loses fewer nats per example finds real examples less surprising.',
  'term.bits-per-pixel': 'Bits per pixel',
  'term.bits-per-pixel.text':
    'The loss in bits, divided by the number of pixels. Tossing a fair coin for each pixel costs 1; the more a model knows, the less it costs.',
  'term.interval': '95% interval',
  'term.interval.text':
    'How exact a mean loss is. Measured on other test examples of the same kind, again and again, such an interval would hold the true mean 95 times in 100.',
  'term.independent': 'Independent bits',
  'term.independent.text':
    'The simplest model: each pixel or column is guessed alone, by how often it is 1, knowing nothing of the others. Any real model must beat it.',
  'term.mixture': 'Mixture of Bernoullis',
  'term.mixture.text':
    'A classical model: a few typical rows, each blurred into a chance per input; an example comes from one of them. Fitted by EM.',
  'term.entropy': 'Entropy',
  'term.entropy.text':
    'How surprising the examples are at best. These are drawn from a distribution that is known, so no model can lose less in the long run.',

  // Data and samples.
  'term.binarization': 'Binarization',
  'term.binarization.text':
    'Turning grey pixels into black and white: by a threshold, or by chance with the grey value as the probability.',
  'term.label': 'Labels',
  'term.label.text':
    'What the examples are said to be. They are for looking, unless the model is to learn them too: then it draws the label first, and the rest to fit it.',
  'term.calibration': 'Calibration error',
  'term.calibration.text':
    'How far the chances that the model gives are from how often it is right, on the average: 0 if it is right in 90% of the cases of which it says 90%.',
  'term.confusion': 'Confusion table',
  'term.confusion.text': 'A table of mistakes: a row for each class, and in it how often it was taken for each.',
  'term.sample': 'Sample',
  'term.sample.text': 'A new example, drawn from the distribution that the model has learned.',
} as const
