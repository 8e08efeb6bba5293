/** The Ask view. Keys begin with `ask.` */
export const askView = {
  // The view.
  'ask.subtitle': 'what “{name}” makes of what you know',
  'ask.none': 'No model has been trained yet',
  'ask.none.text':
    'Here you tell a trained model what you know, and see what it makes of all the rest. Train one first; the first preset takes about a minute.',
  'ask.which': 'Which model, and what it knows',
  'ask.exported': 'The answer is written.',
  'ask.input': 'Input {number, number}',
  'ask.no-value': 'no value',

  // What is known.
  'ask.evidence': 'Probability of what you know',
  'ask.nothing': 'Click a bar to say what you know; everything else follows. Shift-click allows one value more.',
  'ask.nothing.picture': 'Paint what you know; sixteen endings follow. Hatched is what the model may fill in.',
  'ask.about': '{share} ± {error}',
  'ask.log-p': 'log p = {logp} nats',
  'ask.log-p.about': 'log p = {logp} ± {error} nats',
  'ask.exact': 'exact',
  'ask.estimated': 'estimated, worth {draws, plural, one {# draw} other {# draws}}',
  'ask.counted': 'in the training rows {rows} of {of} ({share})',
  'ask.contradiction':
    'To this model that is next to impossible: it contradicts what it has learnt, and what follows from it says little.',
  'ask.clear': 'Clear',
  'ask.undo': 'Undo',
  'ask.redo': 'Redo',
  'ask.chip': '{name}: {values}',
  'ask.take-back': 'Take back {name}',
  'ask.more-known': '{count, plural, one {and # more} other {and # more}}',

  // Belief bars.
  'ask.bars': 'Columns with the chances of their values; arrow keys move, Space sets or takes back',
  'ask.bar': '{value}, {chance}',
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
  'ask.filled.help': 'Draws from what the model believes of the rest, the likeliest first.',
  'ask.filled.chance': 'chance {chance}',

  // Test rows by their surprise.
  'ask.rated': 'Unusual and usual rows',
  'ask.rated.help':
    'Test rows by how much they surprise the model, with the column that does so most. A click takes one up.',
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
  'ask.load.row': 'Test row',
  'ask.load.sample': 'Sample',
  'ask.region': 'Hide a part of the picture',
  'ask.region.none': 'Hide…',
  'ask.region.top': 'Upper half',
  'ask.region.bottom': 'Lower half',
  'ask.region.left': 'Left half',
  'ask.region.right': 'Right half',
  'ask.region.middle': 'A square in the middle',
  'ask.region.random': 'Half of the pixels',
  'ask.region.all': 'Everything',
  'ask.endings': 'How it could go on',
  'ask.endings.any': 'What it could be',
  'ask.ending': 'Take up ending {number, number}',
  'ask.impossible': 'To this model that is impossible: no draw met what you painted.',
  'ask.class.help': 'A click says which one it is; another takes that back.',
  'ask.mean': 'Mean of all endings',
  'ask.surprise.map': 'Surprise by pixel',
  'ask.surprise': 'As it stands, unknown taken for paper: −log p = {nats} nats, the sum over its pixels',
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
