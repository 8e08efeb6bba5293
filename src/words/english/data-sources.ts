/** Built-in and drawn data, what becomes of greys, mixtures and sheets of rows. Keys begin with `source.` */
export const dataSources = {
  // MNIST
  'source.mnist.absent': 'The built-in MNIST digits are missing from {folder}.',
  'source.mnist.unreadable': 'The built-in MNIST digits cannot be read in {folder}.',
  'source.mnist.damaged': 'The built-in MNIST digits are damaged: {why}.',
  'source.mnist.hint': 'Install MADE Studio again; in a source checkout, run "node scripts/make-mnist.mjs".',
  'source.mnist.packed': '{file} cannot be unpacked',
  'source.mnist.pictures': '{file} holds {rows, plural, one {# picture} other {# pictures}} of {width}×{height} pixels',
  'source.mnist.labels': '{file} holds {rows, plural, one {# label} other {# labels}}',
  // Built-in tables
  'source.table.absent': 'The built-in table {name} is not there.',
  'source.table.absent.hint': 'Install the newest MADE Studio, or open a file of your own.',
  // Synthetic sets
  'source.synthetic.bars-and-stripes': 'Bars and stripes',
  'source.synthetic.noisy-parity': 'Noisy parity',
  'source.synthetic.markov-chain': 'Markov chain',
  'source.synthetic.ising-strip': 'Ising strip',
  'source.synthetic.limit.whole':
    'The {setting} of the synthetic set is {value}; it must be a whole number from {least} to {most}.',
  'source.synthetic.limit.fraction':
    'The {setting} of the synthetic set is {value}; it must be a number from {least} to {most}.',
  'source.synthetic.limit.hint': 'Change it and try again.',
  'source.synthetic.setting.seed': 'seed',
  'source.synthetic.setting.size': 'size',
  'source.synthetic.setting.columns': 'columns',
  'source.synthetic.setting.noise': 'noise',
  'source.synthetic.setting.order': 'order',
  'source.synthetic.setting.height': 'height',
  'source.synthetic.setting.width': 'width',
  'source.synthetic.setting.coupling': 'coupling',
  'source.synthetic.long-order':
    'A chain of {columns, plural, one {# bit} other {# bits}} cannot remember {order, number} of them.',
  'source.synthetic.long-order.hint': 'Choose an order smaller than the number of columns.',
  // Greys that become bits
  'source.binarize.threshold': 'The threshold is {threshold}; it must be a whole number from 1 to {most}.',
  'source.binarize.threshold.hint': 'Choose 128 for the middle grey.',
  'source.binarize.seed': 'The seed is {seed}; it must be a whole number from 0 to {most}.',
  'source.binarize.seed.hint': 'Choose a smaller whole number, such as 1.',
  // Mixtures of Bernoullis
  'source.mixture.cancelled': 'The fit was cancelled.',
  'source.mixture.cancelled.hint': 'What was open stays as it was.',
  'source.mixture.components':
    'A mixture of {components} components cannot be fitted to {rows, plural, one {# training row} other {# training rows}}.',
  'source.mixture.components.hint': 'Choose a whole number of components from {least, number} to {most, number}.',
  // Sheets of rows
  'source.sheet.no-rows': 'There are no rows to draw.',
  'source.sheet.no-rows.hint': 'Choose at least one row.',
  'source.sheet.large':
    'A sheet of {rows, plural, one {# row} other {# rows}} would be {width}×{height} pixels; a PNG holds at most {fits, number} such rows.',
  'source.sheet.large.hint': 'Choose fewer rows, or NPY.',
} as const
