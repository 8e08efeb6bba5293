import { SETTINGS_VIEW, WORK_VIEWS } from '../../shared/views'

/** Terms of the field in one or two plain sentences; shown as tooltips and listed in the Learn view. */
export const GLOSSARY = {
  nats: {
    name: 'Nat',
    text: 'A unit of surprise, like the bit: 1 nat is 1.44 bits. A model that loses fewer nats per example finds real examples less surprising.',
  },
  loss: {
    name: 'Loss (negative log-likelihood)',
    text: 'How surprised the model is by an example: minus the logarithm of the probability that it gives it. Lower is better.',
  },
  bitsPerPixel: {
    name: 'Bits per pixel',
    text: 'The loss spread over the pixels, in bits. A fair coin for each pixel costs 1; knowing more costs less.',
  },
  ordering: {
    name: 'Ordering',
    text: 'The order in which the model goes through the inputs. Each input is predicted from those before it.',
  },
  degree: {
    name: 'Degree',
    text: 'A number given to each hidden unit: the last place in the ordering that it may know of.',
  },
  mask: {
    name: 'Mask',
    text: 'Which connections of a layer are kept. Masks cut every path from an input to the outputs that must not see it.',
  },
  connectivity: {
    name: 'Connectivity',
    text: 'One ordering with one set of degrees: all masks follow from it.',
  },
  epoch: { name: 'Epoch', text: 'One pass over all training examples.' },
  minibatch: { name: 'Minibatch', text: 'The handful of examples that one update of the weights is computed from.' },
  lookAhead: {
    name: 'Look-ahead (early stopping)',
    text: 'Training goes on for this many epochs after the best validation loss; the best model is the one that is kept.',
  },
  validation: {
    name: 'Validation rows',
    text: 'Examples that are never trained on. The loss on them tells when to stop.',
  },
  test: {
    name: 'Test rows',
    text: 'Examples kept for the end: the loss on them is the result to compare with others.',
  },
  ensemble: {
    name: 'Ensemble',
    text: 'Several orderings or masks of one model, their probabilities averaged. Usually better than any one of them.',
  },
  hidden: {
    name: 'Hidden units',
    text: 'The numbers that a layer computes on the way from inputs to outputs. More of them can learn more, and take longer.',
  },
  direct: {
    name: 'Direct connections',
    text: 'Weights from the inputs straight to the outputs, next to those through the hidden layers.',
  },
  conditioning: {
    name: 'Conditioning weights',
    text: 'Extra weights that tell each unit which masks are in use, so that it can adapt to them.',
  },
  binarization: {
    name: 'Binarization',
    text: 'Turning grey pixels into black and white: by a threshold, or by chance with the grey value as the probability.',
  },
  independent: {
    name: 'Independent bits',
    text: 'The simplest model: each pixel is a coin with its own bias, knowing nothing of the others. Any real model must beat it.',
  },
  mixture: {
    name: 'Mixture of Bernoullis',
    text: 'A classical model: a few typical rows, each blurred into a chance per input; an example comes from one of them. Fitted by EM.',
  },
  entropy: {
    name: 'Entropy',
    text: 'How surprising the examples are at best. These are drawn from a distribution that is known, so no model can lose less in the long run.',
  },
  label: {
    name: 'Labels',
    text: 'What the examples are said to be. They are for looking only: the model never sees them.',
  },
  seed: { name: 'Seed', text: 'The number that chance is drawn from: the same seed gives the same draws.' },
  interval: {
    name: '95% interval',
    text: 'The mean loss of other test examples of the same kind would lie this close, 95 times in 100.',
  },
} as const

export type TermId = keyof typeof GLOSSARY

export const SHORTCUTS = [
  {
    keys: ['Mod', `${WORK_VIEWS[0].key}…${WORK_VIEWS[WORK_VIEWS.length - 1].key}`],
    does: `Go to a view: ${WORK_VIEWS.map(({ name }) => name.english).join(', ')}`,
  },
  { keys: ['Mod', SETTINGS_VIEW.key], does: SETTINGS_VIEW.name.english },
  { keys: ['Mod', 'Enter'], does: 'The main button of the view' },
  { keys: ['Mod', 'O'], does: 'Open a data file' },
  { keys: ['Space'], does: 'Pause or resume training' },
  { keys: ['←', '→'], does: 'Move through digits; the previous or next sample when one is enlarged' },
  { keys: ['Enter'], does: 'Enlarge the chosen sample' },
  { keys: ['Esc'], does: 'Close what is open' },
] as const
