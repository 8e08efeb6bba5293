/** The Ask view. Keys begin with `ask.` */
export const askView = {
  // The view.
  'ask.subtitle': 'what “{name}” makes of what you know',
  'ask.none': 'No model has been trained yet',
  'ask.none.text':
    'Here you tell a trained model what you know, and see what it makes of all the rest. Train one first; the first preset takes about a minute.',
  'ask.which': 'Which model, and what it knows',
  'ask.export': 'Export the answer',
  'ask.export.png': 'What is shown, as a picture.',
  'ask.export.svg': 'What is shown, as a drawing that stays sharp at every size and can be changed.',
  'ask.export.csv': 'Every value with its chance, its standard error, and its chance without what you know.',
  'ask.exported': 'The answer is written.',
  'ask.copied': 'The picture is in the clipboard.',
  'ask.input': 'Input {number, number}',
  'ask.no-value': 'no value',

  // What is known.
  'ask.evidence': 'Probability',
  'ask.nothing': 'Nothing is known yet: these are the chances of all rows.',
  'ask.nothing.hint': 'Click a bar to say what you know; everything else follows. Shift-click allows one value more.',
  'ask.nothing.picture': 'Paint what you know; sixteen endings follow. Hatched is what the model may fill in.',
  'ask.about': '{share} ± {error}',
  'ask.none-met': 'impossible',
  'ask.log-p': 'log p = {logp} nats',
  'ask.log-p.about': 'log p = {logp} ± {error} nats',
  'ask.exact': 'exact',
  'ask.estimated': 'estimated, worth {draws, plural, one {# draw} other {# draws}}',
  'ask.counted': '{rows} of {of} training rows have it ({share})',
  'ask.contradiction':
    'To this model what you know hardly goes together, so that what follows from it says little. Take back what you are least sure of.',
  'ask.none-met.text':
    'To this model that is impossible: no draw met it, so that nothing follows. Take back some of what you know.',
  'ask.clear': 'Clear',
  'ask.undo': 'Undo',
  'ask.redo': 'Redo',
  'ask.chip': '{name}: {values}',
  'ask.take-back': 'Take back {name}',
  'ask.more-known': '{count, plural, one {and # more} other {and # more}}',

  // Belief bars.
  'ask.bars': 'Columns with the chances of their values; arrow keys move, Space sets or takes back',
  'ask.bar.about': 'give or take {error}',
  'ask.legend.now': 'now',
  'ask.legend.before': 'without what you know',
  'ask.legend.interval': '95% interval, where it is estimated',
  'ask.find': 'Find a column',
  'ask.find.more': 'The first {shown, number} of {all, number} columns',
  'ask.more-values': '{count, plural, one {# more value} other {# more values}} of {name}',

  // Evidence that is typed.
  'ask.type': 'Type what you know',
  'ask.type.help': 'Columns with their values, one after another with commas; =, <, > and != compare.',
  'ask.type.example': 'age>40, sex=Female',
  'ask.type.go': 'Add',

  // What was not known, filled in.
  'ask.filled': 'The rest, filled in',
  'ask.filled.likeliest': 'Most probable',
  'ask.filled.likeliest.help':
    'The most probable of all that was found; what fits it best as a whole, not value by value.',
  'ask.filled.draws': '{count, plural, one {A draw} other {# draws}}',
  'ask.filled.help': 'Drawn from what the model believes of the rest.',
  'ask.filled.chance': 'chance {chance}',
  'ask.filled.times': 'drawn {times, number} times',
  'ask.filled.take': 'Take up',

  // Test rows by their surprise.
  'ask.rated': 'Unusual and usual rows',
  'ask.rated.help':
    'Test rows by how much they surprise the model, with the column that does so most. A click takes one up.',
  'ask.rated.help.pictures': 'Test rows by how much they surprise the model. A click takes one up.',
  'ask.rated.go': 'Find them',
  'ask.rated.scoring': 'Scoring…',
  'ask.rated.least': 'Least likely',
  'ask.rated.most': 'Most likely',
  'ask.rated.row': 'Test row {number, number}',
  'ask.rated.take': 'Take up test row {number, number}, {nats} nats',
  'ask.rated.value': 'most surprising: {name} {value}',
  'ask.rated.of': 'Of {rows} test rows',
  'ask.nats': '{nats} nats',

  // Whether rows are repeated.
  'ask.memory': 'Does it repeat its training rows?',
  'ask.memory.help':
    'Samples of a model that has memorised lie nearer to training rows than to rows that it has never seen.',
  'ask.memory.go': 'Check',
  'ask.memory.checking': 'Checking…',
  'ask.memory.none':
    '{share} of {samples} samples are nearer to training rows than to as many test rows ({rows} each); between {least} and {most} with 95% confidence. That is no sign of repetition: half would be even.',
  'ask.memory.repeats':
    '{share} of {samples} samples are nearer to training rows than to as many test rows ({rows} each); between {least} and {most} with 95% confidence. More than half: it repeats some of what it saw.',

  // Pictures.
  'ask.drawing': 'What you know',
  'ask.drawing.help': 'Arrow keys move the brush, Space paints, Shift keeps it down.',
  'ask.canvas': 'Picture to paint on; arrow keys move the brush, Space paints',
  'ask.pixel.ink': 'Row {row, number}, column {column, number}: ink',
  'ask.pixel.paper': 'Row {row, number}, column {column, number}: paper',
  'ask.pixel.unknown': 'Row {row, number}, column {column, number}: unknown',
  'ask.brush': 'Brush',
  'ask.brush.ink': 'Ink',
  'ask.brush.paper': 'Paper',
  'ask.brush.unknown': 'Unknown',
  'ask.brush.size': 'Size of the brush',
  'ask.load': 'A picture to begin with',
  'ask.load.row': 'Test row',
  'ask.load.sample': 'Sample',
  'ask.load.number': 'Its number; empty for any',
  'ask.load.number.short': 'any',
  'ask.load.whole': 'The number of a test row is a whole number, from 0 on.',
  'ask.load.go': 'Take up',
  'ask.load.any': 'Any one',
  'ask.copy': 'Copy the picture',
  'ask.region': 'Hide',
  'ask.region.top': 'from above',
  'ask.region.bottom': 'from below',
  'ask.region.left': 'from the left',
  'ask.region.right': 'from the right',
  'ask.region.middle': 'a square',
  'ask.region.random': 'random pixels',
  'ask.region.share': 'How much of the picture is hidden',
  'ask.region.share.short': '{share, number, ::percent}',
  'ask.endings': 'How it could go on',
  'ask.endings.any': 'What it could be',
  'ask.ending': 'Take up ending {number, number}',
  'ask.impossible':
    'To this model that is impossible: no draw met what you painted. Undo it, or paint a part of it unknown again.',
  'ask.class.exact': 'These chances are exact.',
  'ask.class.estimated': 'Estimated: the line over a bar is where its chance lies with 95% confidence.',
  'ask.class.help': 'A click says which one it is; another takes that back.',
  'ask.mean': 'Mean of all endings',
  'ask.surprise.map': 'Surprise by pixel',
  'ask.surprise':
    'As it stands, unknown taken for paper: −log\u00a0p\u00a0=\u00a0{nats}\u00a0nats, the sum over its pixels',
  'ask.standing': 'Of {rows} test rows {less} are less surprising.',
  'ask.standing.go': 'Compare with test rows',
  'ask.searching': 'Searching…',
  'ask.near': 'The training rows most like it',
  'ask.near.go': 'Most similar training rows',
  'ask.near.row': 'Training row {number, number}',
  'ask.near.distance': '{distance, plural, =0 {the same} one {# pixel off} other {# pixels off}}',
  'ask.likeliest': 'Most probable ending',
  'ask.likeliest.go': 'Most probable ending',
  'ask.likeliest.bound':
    'The most probable ending found: log p = {logp} nats. The most probable of all has at least this.',
} as const
