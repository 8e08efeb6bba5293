/** A label that a model learns, in every view. Keys begin with `label.` */
export const labels = {
  // Setting it up.
  'label.learn': 'Learn the label too',
  'label.learn.help':
    'The model learns “{label}” as well. Then you can ask it to draw one of a kind, and see how well it tells the kinds apart.',
  'label.leads': 'The label “{label}” comes first in every ordering.',

  // How well it is told, while training and after the test.
  'label.errors': 'Validation errors',
  'label.errors.note': 'of {rows, plural, one {# row} other {# rows}}',
  'label.errors.later': 'after the first epoch',
  'label.test-errors': 'Test errors',
  'label.test-loss': 'Test loss without label',
  'label.calibration': 'Calibration error',
  'label.calibration.note': 'of its chances',
  'label.curve': 'Label told wrongly',
  'label.curve.label':
    'Share of validation rows whose label is told wrongly, epoch by epoch: from {first} to {last}, best {least} after epoch {epoch, number}',
  'label.curve.now': '{share} of {rows, plural, one {# validation row} other {# validation rows}}',
  'label.curve.least': 'best {share}, epoch {epoch, number}',
  'label.column.errors': 'Label told wrongly',
  'label.result': 'The label is counted apart: it is told wrongly in {share} of them.',

  // The confusion table.
  'label.confusion': 'What is taken for what',
  'label.confusion.tab': 'Mistakes',
  'label.confusion.tabs': 'Samples or mistakes',
  'label.confusion.rows': 'Row: what it is. Column: what it is taken for, in per cent of the row.',
  'label.confusion.cell': '{is} taken for {taken}: {count, number} of {rows, number}',
  'label.confusion.right': '{is} told rightly: {count, number} of {rows, number}',
  'label.confusion.none': 'Nothing was taken for anything else.',
  'label.confusion.worst': 'Most often mistaken: {is} for {taken}, {count, number} of {rows, number}.',
  'label.confusion.corner': 'is',

  // Asking for a class.
  'label.choose': 'Which {label}',
  'label.any': 'Any',
  'label.each': 'A row each',
  'label.drawn': '{label} {word} · {sample}',
  'label.dialog': '{label} {word}',
  'label.grid': 'Samples, a row for each {label}; Enter enlarges one',
  'label.export': 'Only of the kind that is chosen: {label} {word}.',
  'label.now': 'First its {label}: {word}, which had a chance of {chance}.',
  'label.now.given': 'First its {label}: {word}, as you asked.',
  'label.thinks': 'The model itself takes it for {word}, with a chance of {chance}.',
  'label.thinks.second':
    'The model itself takes it for {word}, with a chance of {chance}; then for {second}, {secondChance}.',
} as const
