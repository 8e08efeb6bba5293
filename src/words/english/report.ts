/** Reports of runs, parcels, and trainings that are verified. Keys begin with `report.` */
export const report = {
  // The head.
  'report.kind': 'Report of a run',
  'report.kind.compared': 'Report of compared runs',
  'report.title.compared': '{runs, plural, one {# run} other {# runs}} side by side',
  'report.unfinished': 'This run is not finished: it is told as far as it is.',
  'report.figure.bits': '{unit, select, pixel {Bits per pixel} column {Bits per column} other {Bits per input}}',
  'report.figure.time': 'Training time',
  'report.figure.validation': 'Best validation loss',
  'report.figure.at-epoch': 'nats, at epoch {epoch, number}',
  'report.figure.nats-interval': 'nats, ± {interval}',
  'report.figure.epochs': '{epochs, plural, one {# epoch} other {# epochs}}',

  // Charts.
  'report.chart.training': 'training',
  'report.chart.validation': 'validation',
  'report.chart.validation.best': 'validation, best {nats} at epoch {epoch}',
  'report.chart.floor': 'no model can be better: {nats}',
  'report.chart.epochs': 'epochs',
  'report.chart.loss': '{data}: mean negative log-likelihood, nats',
  'report.chart.compared':
    'Validation losses of {runs, plural, one {# run} other {# runs}}: mean negative log-likelihood, nats',
  'report.curves': 'Loss curves',

  // Results.
  'report.results': 'Results',
  'report.results.quantity': 'Quantity',
  'report.results.value': 'Value',
  'report.results.interval': '95% interval',
  'report.results.unit': 'Unit',
  'report.results.test': 'Test loss (mean negative log-likelihood)',
  'report.results.test-unlabelled': 'Test loss without the label',
  'report.results.errors': 'Labels told wrongly',
  'report.results.calibration': 'Calibration error',
  'report.results.validation': 'Best validation loss, epoch {epoch, number}',
  'report.results.independent': 'Validation loss, each column guessed alone',
  'report.results.mixture': 'Validation loss of a mixture of {components, number}',
  'report.results.entropy': 'Entropy: no model can be better',
  'report.results.nats': 'nats',
  'report.results.text':
    'The test loss is the mean over {rows, plural, one {# test row} other {# test rows}}, averaged over {connectivities, plural, one {# connectivity} other {# connectivities}} of the model that was best in validation. Its interval is 1.96 standard errors to each side.',
  'report.results.none': 'The best model has not been scored on the test rows.',
  'report.results.run': 'Run',
  'report.results.epochs': 'Epochs',
  'report.results.difference': 'From the best',
  'report.results.difference.text':
    'The last column is a paired test: the difference of each run from the best of these, test row by test row, with its 95% interval. Tied: the interval covers zero.',
  'report.results.compared.text':
    'Losses are means of negative log-likelihoods in nats; ± is a 95% interval, 1.96 standard errors to each side.',

  // Samples.
  'report.samples': 'Samples',
  'report.samples.text': 'Drawn by the model of epoch {epoch, number}, seed {seed}; none was chosen.',
  'report.samples.others': '{columns, plural, one {One more column is} other {# more columns are}} not shown.',
  'report.samples.number': 'Sample',
  'report.samples.alt': 'A sheet of samples',

  // Data.
  'report.data': 'Data',
  'report.data.part': 'Rows for',
  'report.data.rows': 'Rows',
  'report.data.train': 'training',
  'report.data.valid': 'validation',
  'report.data.test': 'test',
  'report.data.hash': 'SHA-256 of the rows',
  'report.data.bits': 'Each row is {columns, plural, one {# bit} other {# bits}}.',
  'report.data.variables':
    'Each row is {variables, plural, one {# variable} other {# variables}} in {columns, plural, one {# column} other {# columns}} of bits.',
  'report.data.grey':
    'Greys become bits: {way, select, threshold {a pixel of {number} or more of 255 is 1} random {drawn once by their brightness, seed {seed}} other {drawn anew for each epoch by their brightness, seed {seed}}}.',
  'report.data.synthetic': 'The rows are drawn from a distribution that is known; seed {seed}. {settings}',
  'report.data.as-variables':
    'Each column is one variable; numbers are cut into {bins, plural, one {# bin} other {# bins}} of equally many training rows.',
  'report.data.as-bits':
    'Each value is a bit of its own; a column of numbers becomes {bits, plural, one {# bit} other {# bits}}, each of which says that it is above a quantile of the training rows.',
  'report.data.own': '{columns, plural, one {One column is} other {# columns are}} cut otherwise.',
  'report.data.omitted': '{columns, plural, one {One column is} other {# columns are}} left out.',
  'report.data.label': 'The label “{label}” is learnt too, and comes first in every ordering.',
  'report.data.missing':
    'Rows that lack values {way, select, drop {are left out} category {have “missing” as a value of its own} common {get the most common value} model {are kept out and can be filled in by the model} other {are learnt from by what they have}}.',
  'report.data.split':
    '{given, select, yes {Parts that the files name are kept; of the other rows} other {Of the rows}} {kind, select, fractions {{valid, number, ::percent .##} are for validation and {test, number, ::percent .##} for the test} other {{valid, number} are for validation and {test, number} for the test}}, {order, select, random {drawn by seed {seed}} other {the last ones of the file}}.',

  // Settings and what computed.
  'report.settings': 'Settings',
  'report.settings.setting': 'Setting',
  'report.settings.value': 'Value',
  'report.settings.pairs': 'Connectivities in validation, where they are unlimited',
  'report.settings.test-pairs': 'Connectivities in the test, where they are unlimited',
  'report.computed': 'Computed by',
  'report.computed.version': 'This report',
  'report.computed.engine': 'Engine',
  'report.computed.kernels': 'Kernels',
  'report.computed.device': 'Device',
  'report.computed.from': 'from update {update, number}: {by}',
  'report.computed.started': 'Started',
  'report.computed.changed': 'Last change',
  'report.computed.updates': 'Updates',
  'report.computed.time': 'Time for all epochs',
  'report.computed.unknown': 'not known',

  // How to do it again.
  'report.again': 'How to reproduce it',
  'report.again.command': 'The same training, from its beginning:',
  'report.again.settings':
    'The settings are in the file run.json of the run’s folder and of a parcel; they also stand below, to be saved by that name.',
  'report.again.file': 'Its data are the file {name}. Where it lies elsewhere now, set “path” in run.json.',
  'report.again.exact':
    'With the same kernels the same parameters come out, to the last bit, whatever the number of threads. “made verify” trains a run again and compares them.',
  'report.again.other-engine': 'On a graphics card, or by other kernels, losses agree but for rounding.',
} as const
