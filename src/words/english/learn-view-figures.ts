/** The figures of the view Learn. Keys begin with `learn.` */
export const learnViewFigures = {
  // The small MADE.
  'learn.explorer.label': 'A small MADE',
  'learn.explorer.inputs': 'inputs',
  'learn.explorer.hidden': 'hidden layer {layer}',
  'learn.explorer.outputs': 'outputs',
  'learn.explorer.draw': 'Draw new masks',
  'learn.explorer.natural': 'Natural order',
  'learn.explorer.nothing': 'Point at an output, or reach it with the Tab key.',
  'learn.explorer.input': 'Input {name} has place {place} in the ordering.',
  'learn.explorer.output':
    'The output for {name} has place {place}: it sees {seen}, never {name} itself or anything after it.',
  'learn.explorer.output-blind':
    'The output for {name} has place {place}: it sees no input at all, and has to go by how often {name} is 1.',
  'learn.explorer.unit':
    'This hidden unit has degree {degree}: it may see {degree, plural, one {the input at place 1} other {the inputs at places 1 to #}}, here {seen}.',
  'learn.explorer.input-label': 'Input {number}, place {place}',
  'learn.explorer.output-label': 'Output {number}, place {place}',
  'learn.explorer.unit-label': 'Unit {number} of hidden layer {layer}, degree {degree}',

  // The chain rule on nine pixels.
  'learn.chain.step':
    '{known, plural, =0 {Pixel 1 is asked for; nothing is known yet} one {Pixel {pixel} is asked for, given the one before it} other {Pixel {pixel} is asked for, given the # before it}}',

  // The losses of the paper.
  'learn.losses.of': 'Test loss on the paper’s binarized MNIST',
  'learn.losses.bar': 'as a bar',
  'learn.losses.nats': 'nats',
  'learn.losses.bits': 'bits/pixel',
  'learn.losses.coins': 'A fair coin for each pixel',
  'learn.losses.mixture': 'Mixture of 500 Bernoullis',
  'learn.losses.made-500': 'MADE, one layer of 500 units',
  'learn.losses.made-8000': 'MADE, one layer of 8,000 units',
  'learn.losses.nade': 'NADE, its forerunner',
  'learn.losses.made-two': 'MADE, two layers, 32 masks',
  'learn.losses.eonade': 'EoNADE, NADE in many orders',
  'learn.losses.belief': 'Deep belief network (about)',
  'learn.losses.others': 'other models',
  'learn.losses.shorter': 'Shorter is better; the broken bar is cut short.',
} as const
