/** The view Learn: what is read there, and the keys. Keys begin with `learn.` */
export const learnView = {
  'learn.subtitle': 'what MADE is, in five minutes',
  'learn.set-up': 'Set up a model',

  // What a distribution is.
  'learn.model.title': 'A model that knows what digits look like',
  'learn.model.examples':
    'MADE learns from examples. Shown some thousands of handwritten digits, it finds out by itself what makes a picture look like one. What it learns is called a <em>distribution</em>.',
  'learn.model.distribution':
    'Take a picture of 28 × 28 pixels, each black or white. There are 2<sup>784</sup> such pictures, more than there are atoms in the universe, and almost all of them are noise. The distribution gives every one of them a probability: high for what looks like a handwritten digit, next to nothing for the rest. A model that has learned a good one can do two things. It can tell how likely a picture is, and it can draw new ones.',
  'learn.model.tables': 'This page speaks of pixels. The columns of a table are learned in just the same way.',
  'learn.model.drawing':
    'Here is a small MADE, with six inputs at the left and six outputs at the right. Point at an output: it predicts one of the inputs, and only inputs that come before that one have a path to it.',

  // The chain rule.
  'learn.chain.title': 'One pixel after another',
  'learn.chain.questions':
    'Nobody can list 2<sup>784</sup> probabilities. But the one big question can be taken apart into small ones: how likely is the first pixel to be black? Given the first, how likely is the second? Given those two, the third? Multiply all the answers, and you have the probability of the whole picture. That is the <em>chain rule</em>.',
  'learn.chain.drawing':
    'To draw a new picture, go through the pixels in the same way: ask the model how likely the next one is to be black, and toss a coin that comes up black with just that probability. In Samples you can watch it happen: all digits appear pixel by pixel, and a click on one shows it alone.',

  // Masks, orderings and ensembles.
  'learn.network.title': 'One network for all the questions',
  'learn.network.autoencoder':
    'An autoencoder is a network that takes a picture in and gives it out again. MADE (<i>Masked Autoencoder for Distribution Estimation</i>) makes such a network answer all 784 questions at once: each output is the answer for one pixel. But the answer for a pixel must not look at that pixel itself or at those that come after it, or the model would cheat. So some connections are cut, by <em>masks</em>.',
  'learn.network.masks':
    'Every input has a place in the <em>ordering</em>: first, second, third and so on. Every hidden unit gets a number too, its <em>degree</em>: it may know the inputs up to that place, and none after it. A connection between two units is kept if the second may know all that the first may. A connection into an output is kept only if the degree of the unit is smaller than the place of the output, so that no output ever sees its own input. The drawing at the top of this page shows it.',
  'learn.network.ensemble':
    'Draw another ordering and other degrees, and the same weights answer the questions in another order. A model trained with many of them can be asked in all those orders, and the average of its answers is usually better than any single one. Such an average is called an <em>ensemble</em>.',

  // The loss and its unit.
  'learn.loss.title': 'How good is a model? Its loss, in nats',
  'learn.loss.surprise':
    'If the model gives a picture the probability <i>p</i>, its loss on it is −log <i>p</i>: how much the picture surprises the model. A picture that it was certain of costs nothing; the less likely it held it to be, the more it costs. Counted with the natural logarithm, the unit is the <em>nat</em>; divided by the number of pixels and by 0.693, the natural logarithm of 2, it becomes bits per pixel. Training makes the loss small on the examples that the model learns from. What counts is the loss on examples that it has never seen.',
  'learn.loss.comparing':
    'Compare only numbers that belong to the same data, and to the same way of making grey black and white. Those of this table are for the paper’s own digits, where chance decided once for each pixel. By a threshold the same digits are easier, so that a smaller loss on them is no better.',
  'learn.loss.paper':
    'The paper: M. Germain, K. Gregor, I. Murray, H. Larochelle: MADE: Masked Autoencoder for Distribution Estimation. ICML 2015, PMLR 37, arXiv 1502.03509.',

  // The glossary beside it.
  'learn.glossary.title': 'Glossary',
  'learn.glossary.find': 'Find a term',
  'learn.glossary.none': 'No term has “{wanted}” in it.',

  // The keys.
  'learn.keys.title': 'Keys',
  'learn.keys.views': 'Go to a view; 1 is the topmost at the left',
  'learn.keys.settings': 'Settings',
  'learn.keys.primary': 'The main button of the view',
  'learn.keys.open': 'Open a data file',
  'learn.keys.export': 'Export samples',
  'learn.keys.undo': 'Take back what was set last of data or model; in a text field, what was typed',
  'learn.keys.redo': 'Set it again',
  'learn.keys.pause': 'Pause or resume training',
  'learn.keys.projector': 'Show one figure after another on a projector, full screen and large',
  'learn.keys.digit': 'Samples of that digit alone, where the model knows digits by name; the same key takes it back',
  'learn.keys.move': 'Move through digits; the previous or next sample when one is enlarged',
  'learn.keys.enlarge': 'Enlarge the chosen sample',
  'learn.keys.close': 'Close what is open',
} as const
