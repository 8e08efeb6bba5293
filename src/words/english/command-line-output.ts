/** What the command line prints beside help and failures: results, bars, the loss chart. Keys begin with `cli.` */
export const commandLineOutput = {
  /** `made engines`. */
  'cli.engines.unavailable': 'not available: {reason}',
  'cli.engines.fastest': 'the fastest of {engines}, timed on the model when training begins',

  /** `made data`. */
  'cli.data.name': 'name',
  'cli.data.format': 'format',
  'cli.data.format.built-in': 'built in',
  'cli.data.files': 'files',
  'cli.data.read-as': 'read as',
  'cli.data.rows': 'rows',
  'cli.data.rows.in-parts': '{rows} ({parts})',
  'cli.data.part': '{part} {rows}',
  'cli.data.part.train': 'train',
  'cli.data.part.valid': 'valid',
  'cli.data.part.test': 'test',
  'cli.data.part.all': 'all',
  'cli.data.columns': 'columns',
  'cli.data.columns.bits': '{columns}, zeros and ones',
  'cli.data.columns.grey': '{columns}, greys from 0 to 255',
  'cli.data.columns.columns': '{columns}, of several kinds',
  'cli.data.column': '{name}: {what}',
  'cli.data.column.missing': '{name}: {what}, {missing} missing',
  'cli.data.kind.bits': 'bits',
  'cli.data.kind.integers': 'integers',
  'cli.data.kind.numbers': 'numbers',
  'cli.data.kind.categories': 'categories',
  'cli.data.kind.categories.counted': 'categories ({words})',
  'cli.data.kind.text': 'text',
  'cli.data.kind.dates':
    'dates, by the {unit, select, year {year} quarter {quarter} month {month} day {day} hour {hour} minute {minute} other {second}}',
  'cli.data.kind.counted': '{kind}: {columns, plural, one {# column} other {# columns}}',
  /** What a column becomes for a model, beside what it holds. */
  'cli.data.column.becomes': '{column} → {becomes}',
  'cli.data.column.category': '{values, plural, one {# value} other {# values}}',
  'cli.data.column.bins': '{bins, plural, one {# bin} other {# bins}} from {least}, up to {bounds}',
  'cli.data.column.bits': '{bits, plural, one {# bit} other {# bits}}',
  'cli.data.column.levels': '{bits, plural, one {# bit, above {bounds}} other {# bits, above {bounds}}}',
  'cli.data.pictures': 'pictures',
  'cli.data.labels': 'labels',
  'cli.data.becomes': 'becomes',
  'cli.data.becomes.bits': '{columns, plural, one {# bit} other {# bits}}; {parts} rows; {share, number, ::.00}% ones',
  'cli.data.becomes.variables':
    '{variables, plural, one {# variable} other {# variables}} in {columns, plural, one {# column of bits} other {# columns of bits}}; {parts} rows; {share, number, ::.00}% ones',
  'cli.data.becomes.label': 'the label “{label}” is learnt and comes first in every ordering',
  'cli.data.becomes.nothing': 'too few bits for a model',
  'cli.data.to-beat': 'to beat',
  'cli.data.to-beat.loss': '{nats} nats on the validation rows, each column guessed alone',
  'cli.data.notes': 'notes',
  'cli.data.converted': '{out}: {parts} rows of {columns, plural, one {# bit} other {# bits}}',

  /** `made evaluate`, `made sample`, `made fill`. */
  'cli.evaluate.result':
    '{nll} ± {interval} nats (mean negative log-likelihood of {rows, plural, one {# row} other {# rows}}, {part, select, train {the training part} valid {the validation part} test {the test part} other {all parts}}, {connectivities, plural, one {# connectivity} other {# connectivities}}, {engine})',
  'cli.evaluate.result.unlabelled':
    '{nll} ± {interval} nats (mean negative log-likelihood of {rows, plural, one {# row} other {# rows}} without their label, {part, select, train {the training part} valid {the validation part} test {the test part} other {all parts}}, {connectivities, plural, one {# connectivity} other {# connectivities}}, {engine})',
  'cli.evaluate.density': '{nll} ± {interval} nats as a density, in the units of the columns that are cut into bins',
  'cli.evaluate.without-label':
    '{nll} ± {interval} nats without the label “{label}”, summed over its {classes, plural, other {# values}}',
  'cli.evaluate.classification':
    '{error}% of the rows have another “{label}” than the likeliest one; expected calibration error {calibration}%',
  'cli.sample.written': '{count, plural, one {# sample} other {# samples}} written to {out}',
  'cli.report.written': '{runs, plural, one {A report of # run} other {A report of # runs}} is written to {out}.',
  'cli.report.many-runs': '{runs, number} runs are too many for one report: at most {most, number} can be told apart.',
  'cli.parcel.written': 'The parcel is written to {out}.',
  'cli.parcel.no-rows': 'The test rows are not in the parcel; --data says where they are now.',
  'cli.verify.same': '{model}: the same, SHA-256 {hash}',
  'cli.verify.differs': '{model}: kept {hash}, found {found}',
  'cli.sample.tempered':
    'At temperature {temperature} these are no draws from the distribution that the model has learnt.',
  'cli.sample.approximate':
    'What is given does not come first in the ordering, so that these rows come near to those that have it: each was taken among many that were led to it, those more often in which it is more probable.',
  'cli.fill.filled':
    '{values, plural, one {# missing value} other {# missing values}} in {rows, plural, one {# row} other {# rows}} filled in: {out}',
  'cli.ask.exact': 'What is given has probability {probability} (log p = {logp, number, ::.000} nats), exactly.',
  'cli.ask.estimated':
    'What is given has probability {probability} ± {error} (log p = {logp, number, ::.000} nats), by an estimate.',
  'cli.ask.variable': '{name}: {values}',
  'cli.ask.value': '{value} {chance}',
  'cli.ask.value.about': '{value} {chance} ± {error, number, ::.0}%',
  'cli.ask.no-value': 'no value',
  'cli.ask.contradiction':
    'What is given all but contradicts what the model has learnt: what follows from it says little.',
  'cli.complete.likeliest':
    'The likeliest row that was found has log p = {logp, number, ::.000} nats; there may be a likelier one.',
  'cli.score.written': 'The log probability of {rows, plural, one {# row} other {# rows}} is written to {out}.',
  'cli.score.mean-terms':
    'The terms of a row are means over {connectivities, number} connectivities: their sum is at most its log probability under all of them.',
  'cli.fill.column': '{name}: {values}',
  'cli.fill.value': '{count, number} × {value} (chance {chance})',
  'cli.fill.others': '{count, plural, one {# other value} other {# other values}}',
  'cli.fill.left':
    '{left, plural, one {# value stays missing, in a column that the model does not see.} other {# values stay missing, in columns that the model does not see.}}',
  'cli.fill.omitted': 'Not in the file, because text so varied is not kept: {columns}.',

  /** `made train` and `made resume`. */
  'cli.train.trained': 'trained',
  'cli.train.trained.epochs': '{epochs, plural, one {# epoch} other {# epochs}} ({device})',
  'cli.train.trained.in': '{epochs, plural, one {# epoch} other {# epochs}} in {duration} ({device})',
  'cli.train.trained.until': 'until epoch {epoch}, as asked for, and saved',
  'cli.train.device': '{engine}: {device}',
  'cli.train.no-engine': 'no engine',
  'cli.train.measured': 'measured',
  'cli.train.measured.speeds': '{speeds} updates per second',
  'cli.train.best-epoch': 'best epoch',
  'cli.train.best-epoch.loss': '{epoch}, validation {nats} nats',
  'cli.train.test': 'test',
  'cli.train.test.loss': '{nats} ± {interval} nats over {rows, plural, one {# row} other {# rows}}',
  'cli.train.test.unlabelled': 'unlabelled',
  'cli.train.test.label': 'label',
  'cli.train.test.errors':
    'told wrongly in {error, number, ::percent .00} of {rows, plural, one {# row} other {# rows}}; calibration error {calibration, number, ::percent .00}',
  'cli.train.verdict': 'verdict',
  'cli.train.model': 'model',
  'cli.train.loss-curve': 'loss curve',
  'cli.train.samples': 'samples',
  'cli.train.resume': 'go on with',
  'cli.train.finished': 'This run is finished. To train it longer: {command} <{more}>',
  'cli.train.more-epochs': 'more than {epochs}',

  /** Bars, and how long something takes. */
  'cli.bar.phase': '{phase} {bar} {share}% | {left} left',
  'cli.bar.training': '{phase} {bar} epoch {epoch}/{epochs} | {rate} | {loss} | {left}',
  'cli.bar.left': '{duration} left',
  'cli.bar.reading': 'reading',
  'cli.bar.scoring': 'scoring',
  'cli.bar.filling': 'filling in',
  'cli.bar.verifying': 'training again',
  'cli.bar.drawing': 'drawing',
  'cli.bar.phase.training': 'training',
  'cli.bar.phase.validating': 'validating {share}%',
  'cli.bar.phase.testing': 'testing {share}%',
  'cli.bar.rate': '{examples, number} examples/s',
  'cli.bar.loss': 'loss {nats}',
  'cli.bar.valid': 'valid {nats}',
  'cli.bar.errors': 'errors {share, number, ::percent .0}',
  'cli.bar.best': 'best {nats} (epoch {epoch})',
  'cli.duration.seconds': '{seconds} s',
  'cli.duration.minutes': '{minutes} min',
  'cli.duration.hours': '{hours} h {minutes} min',
} as const
