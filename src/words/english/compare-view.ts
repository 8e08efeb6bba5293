/** Runs side by side, in the view Runs. Keys begin with `compare.` */
export const compareView = {
  // Picking runs in the list.
  'compare.go': 'Compare ({runs, number})',
  'compare.go.help': 'Tick two runs or more, at most {most, number}: by Space, or by a click with Ctrl, ⌘ or Shift',
  'compare.pick': 'Compare “{name}” with others',
  'compare.pick-all': 'Compare all of these: {data}',
  'compare.column.pick': 'Compare',

  // The page.
  'compare.back': 'All runs',
  'compare.report.help': 'Save this comparison as a page, as PDF, or with charts and tables as files',
  'compare.title': '{runs, plural, one {# run} other {# runs}} side by side',

  // Curves.
  'compare.curves': 'Validation loss',
  'compare.curves.label':
    'Validation losses of {runs, plural, one {# run} other {# runs}}; what they came to is in the table below',
  'compare.curves.none': 'No epoch yet',
  'compare.axis': 'Drawn over',
  'compare.axis.epoch': 'Epochs',
  'compare.axis.update': 'Updates',
  'compare.axis.time': 'Time',
  'compare.axis.update.title': 'updates',
  'compare.axis.time.title': 'training time, seconds',
  'compare.smoothing': 'Smoothing',
  'compare.at.epoch': 'Epoch {place}: {loss} nats',
  'compare.at.update': 'Update {place}: {loss} nats',
  'compare.at.time': 'After {place}: {loss} nats',

  // Results and the paired test.
  'compare.results': 'Results',
  'compare.curve.help': 'Show or hide the curve of “{name}”',
  'compare.column.difference': 'From the best, nats',
  'compare.column.time': 'Training time',
  'compare.seeds': '{name} · {seeds, plural, one {# seed} other {# seeds}}',
  'compare.seeds.together': 'Seeds together',
  'compare.seeds.mean': 'mean ± 95% interval',
  'compare.seed': 'seed {seed}',
  'compare.of': 'What is compared row by row',
  'compare.of.whole': 'With the label, p(x, y)',
  'compare.of.unlabelled': 'Without it, p(x)',
  'compare.test.go': 'Compare row by row',
  'compare.test.help':
    'The last column is a paired test: the difference of each run from the best of these, test row by test row, with its 95% interval. What makes a row hard makes it hard for every model, so this tells finer differences than two intervals beside each other. Tied: the interval covers zero.',
  'compare.test.ask':
    '“Compare row by row” scores the test rows with each model, and says which runs differ by more than chance.',
  'compare.test.working': '“{name}” scores the test rows…',
  'compare.test.too-few': 'That takes two runs with models on the same rows.',
  'compare.difference': '{mean} ± {interval}',
  'compare.best': 'best of these',
  'compare.tied': 'tied',
  'compare.worse': 'worse',
  'compare.unpaired.no-model': 'keeps no model',
  'compare.unpaired.no-data': 'its data are not here',
  'compare.unpaired.other-data': 'on other rows',

  // One setting after another.
  'compare.scatter': 'Setting and result',
  'compare.scatter.over': 'Over',
  'compare.scatter.result': 'Result',
  'compare.scatter.label': '{result}, of each run over “{setting}”; the numbers are in the table below',
  'compare.scatter.none': 'No result yet',
  'compare.scatter.numbers': 'The numbers',
  'compare.scatter.at': '{setting} {value}: {loss} nats',

  // Samples.
  'compare.samples': 'Samples',
  'compare.samples.help': 'All with the same dice, seed {seed}: what differs from row to row is the model.',
  'compare.samples.again': 'Other dice',

  // Settings.
  'compare.settings': 'Settings',
  'compare.settings.only': 'Only what differs',
  'compare.settings.setting': 'Setting',
  'compare.settings.same': 'All settings of these runs are the same.',
  'compare.no': 'no',
} as const
