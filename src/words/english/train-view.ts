/** The Train view. Keys begin with `train.` */
export const trainView = {
  // Its main button, and the others at the top.
  'train.set-up': 'Set up a model',
  'train.browse': 'Browse samples',
  'train.browse.waits': 'No model was kept yet.',
  'train.pause': 'Pause',
  'train.resume': 'Resume',
  'train.try-again': 'Try again',
  'train.continue': 'Continue',
  'train.stop': 'Stop',
  'train.stop.help':
    'Ends training after this minibatch. The best model so far is kept and tested; you can go on later.',
  'train.close-past': 'Close this run',
  'train.back-to': 'Back to “{name}”',
  'train.reading': 'Reading the curves',

  // Where nothing trains.
  'train.change-settings': 'Change the settings',
  'train.empty': 'Nothing is training',
  'train.empty.text':
    'Here the loss falls and the samples get better, epoch by epoch. Set up a model first; the first preset takes about a minute.',
  'train.past-runs': 'See past runs',
  'train.verdict-later': 'How good it is can be said after the first epoch.',

  // The state of a run, for the status line.
  'train.state.idle': 'No run under way',
  'train.state.preparing': 'Preparing “{name}”: {step}',
  'train.state.training': 'Training “{name}”',
  'train.state.validating': 'Validating “{name}”',
  'train.state.testing': 'Testing “{name}”',
  'train.state.paused': 'Paused “{name}”',
  'train.state.held': 'Paused “{name}”: {reason}',
  'train.state.stop-waits': 'Stop waits, “{name}”: {reason}',
  'train.state.stopping': 'Stopping “{name}”',
  'train.state.finished': 'Finished “{name}”',
  'train.state.diverged': '“{name}” diverged',
  'train.state.failed': '“{name}” failed',
  'train.state.epoch': 'epoch {epoch, number} of {epochs, number}',

  // Why training ended.
  'train.ended.look-ahead':
    'Training ended by itself: the validation loss had not improved for a while. The best model, of epoch {best, number}, is kept.',
  'train.ended.epochs':
    '{epochs, plural, one {The one epoch is done.} other {All # epochs are done.}} The best model, of epoch {best, number}, is kept.',
  'train.ended.stopped':
    '{epochs, plural, =0 {You stopped it within its first epoch; the model is kept as it was then.} one {You stopped it after # epoch. The best model, of epoch {best, number}, is kept.} other {You stopped it after # epochs. The best model, of epoch {best, number}, is kept.}}',

  // What the run is at, whenever it is not simply training.
  'train.notice.preparing': 'Preparing',
  'train.notice.exploded': 'Start anew, or press Resume to go on all the same.',
  'train.notice.stop-waits': 'It stops as soon as it can be saved: press Try again.',
  'train.notice.held': 'Press Resume to go on.',
  'train.notice.paused': 'Paused',
  'train.notice.paused.text': 'Everything is kept. Press Resume, or Space, to go on.',
  'train.notice.stopping': 'Stopping',
  'train.notice.stopping.text': 'The best model is being tested on the test rows; then it is kept.',
  'train.notice.untested': 'Finished, without a test',
  'train.notice.untested.text': 'The test was cut short.',
  'train.notice.kept': 'The run is kept at its last checkpoint.',
  'train.notice.change-and-continue': 'Change and continue…',
  'train.notice.go-on': 'Go on training',
  'train.notice.go-on.help': 'Takes the stop back',
  'train.notice.leave': 'Leave it',
  'train.notice.leave.help': 'It can go on from its last checkpoint later, and another run can begin.',
  'train.notice.change-model': 'Change the model',

  // How good the model of a run that finished is.
  'train.result': 'Test loss {loss} ± {interval} nats',
  'train.result.worse-than-coins': 'Test loss {loss} ± {interval} nats: worse than flipping coins',
  'train.result.worse-than-independent':
    'Test loss {loss} ± {interval} nats: worse than each {input, select, pixel {pixel} other {column}} guessed alone',
  'train.result.better-than-independent':
    'Test loss {loss} ± {interval} nats: better than each {input, select, pixel {pixel} other {column}} guessed alone',
  'train.result.better-than-mixture': 'Test loss {loss} ± {interval} nats: better than a mixture model',
  'train.result.near-best':
    'Test loss {loss} ± {interval} nats: all but as good as {best, select, entropy {is possible} own {the best run here} other {the best known}}',
  'train.result.best':
    'Test loss {loss} ± {interval} nats: as good as {best, select, entropy {is possible} own {the best run here} other {the best known}}',
  'train.result.tested':
    'That is {bits} {unit} on {rows, plural, one {# test row} other {# test rows}}{input, select, column {} other {; flipping coins costs\u00a01}}.',
  'train.result.tested-orders':
    'That is {bits} {unit} on {rows, plural, one {# test row} other {# test rows}}, averaged over {orders, number} drawing orders{input, select, column {} other {; flipping coins costs\u00a01}}.',
  'train.result.tested-masks':
    'That is {bits} {unit} on {rows, plural, one {# test row} other {# test rows}}, averaged over {masks, number} sets of masks{input, select, column {} other {; flipping coins costs\u00a01}}.',

  // Going on with a run.
  'train.longer': 'Train longer…',
  'train.longer.epochs': 'Up to epoch',
  'train.longer.epochs.unit': 'epochs',
  'train.longer.epochs.help':
    'It has done {done, number}. It goes on from where it was, and ends earlier if it stops getting better.{schedule, select, cosine { Its steps shrink to zero by the last epoch; with more epochs than before they are longer again at first.} other {}}',
  'train.longer.epochs.limit': 'Limit {bounds}.',
  'train.longer.engine': 'Engine',
  'train.longer.engine.help': 'Which part of the computer does the work. The curve goes on the same on any of them.',
  'train.longer.cancel': 'Cancel',
  'train.longer.go': 'Continue',

  // How far it is.
  'train.progress.this-epoch': 'This epoch',
  'train.progress.this-epoch.label': 'Progress of this epoch',
  'train.progress.epoch': 'Epoch {epoch, number} of {epochs, number}',
  'train.progress.run.label': 'Progress of the whole run',
  'train.progress.minibatch': 'minibatch {minibatch, number} of {minibatches, number}',
  'train.progress.validating': 'validating, {share, number, percent}',
  'train.progress.testing': 'testing, {share, number, percent}',
  'train.progress.time-unknown': 'time left: not known yet',

  // The numbers of a run.
  'train.figure.nats': 'nats',
  'train.figure.epoch': 'epoch {epoch, number}',
  'train.figure.best': 'Best validation loss',
  'train.figure.best.later': 'after the first epoch',
  'train.figure.per': 'Best loss per {input, select, pixel {pixel} column {column} other {input}}',
  'train.figure.bits': 'bits',
  'train.figure.coins':
    '{input, select, column {{inputs, plural, one {# column} other {# columns}}} other {flipping coins: 1}}',
  'train.figure.over-entropy': 'best possible +\u00a0{nats, number, ::.000}\u00a0nats',
  'train.figure.under-entropy': 'best possible −\u00a0{nats, number, ::.000}\u00a0nats',
  'train.figure.last': 'Last minibatch',
  'train.figure.last.update': 'update {update, number}',
  'train.figure.speed': 'Speed',
  'train.figure.speed.unit': 'examples/s',
  'train.figure.speed.epoch': '{seconds, number, ::.0} s per epoch',
  'train.figure.test': 'Test loss',
  'train.figure.test.interval': '± {interval} (95%)',
  'train.figure.test.later': 'at the end of the run',
  'train.figure.patience': 'Epochs without progress',
  'train.figure.patience.of': 'of {epochs, number}',
  'train.figure.patience.then': 'then it stops by itself',
  'train.figure.trained': 'Trained',
  'train.figure.trained.unit': '{epochs, plural, one {epoch} other {epochs}}',
  'train.figure.trained.most': 'of at most {epochs, number}',
  'train.figure.measured': 'Engine chosen by speed: {measured}.',

  // The curve.
  'train.chart': 'Loss',
  'train.chart.label': 'Training and validation loss over epochs, in nats',
  'train.chart.part': 'Part of the curve',
  'train.chart.close': 'Close-up',
  'train.chart.whole': 'Whole',
  'train.chart.log': 'Log',
  'train.chart.training': 'Training',
  'train.chart.validation': 'Validation',
  'train.chart.best': 'Best',
  'train.chart.references': 'References',
  'train.chart.begins': 'The curve begins with the first minibatches.',
  'train.chart.none': 'This run has no curve yet.',
  'train.chart.axis.epoch': 'epoch',
  'train.chart.axis.loss': 'loss, nats',
  'train.chart.at': 'Epoch {epoch, number, ::.##}',
  'train.chart.at.training': 'Training  {loss} nats · {bits} {unit}',
  'train.chart.at.validation': 'Validation, epoch {epoch, number}:  {loss} nats · {bits} {unit}',
  'train.chart.at.best': 'Validation, epoch {epoch, number}, best so far:  {loss} nats · {bits} {unit}',
  'train.chart.independent': 'each {input, select, pixel {pixel} other {column}} guessed alone: {loss}',
  'train.chart.mixture': 'mixture of {components, number}: {loss}',
  'train.chart.entropy': 'no model can be better: {loss}',

  // What is said aloud of a run.
  'train.spoken.epoch': '{state}. Epoch {epoch, number} of {epochs, number}.',
  'train.spoken.best': '{state}. Epoch {epoch, number} of {epochs, number}, best validation loss {loss} nats.',
  'train.spoken.finished': '{state}. Test loss {loss} nats.',

  // The bar of the verdict.
  'train.bar.coins': 'coins',
  'train.bar.independent': 'guessed alone',
  'train.bar.mixture': 'mixture',
  'train.bar.best-possible': 'best possible',
  'train.bar.best-own': 'best run',
  'train.bar.best-known': 'best known',
  'train.bar.model': 'this model',

  // The samples of an epoch.
  'train.sheet': 'Samples',
  'train.sheet.epoch': 'epoch {epoch, number}',
  'train.sheet.newest': 'epoch {epoch, number}, the newest',
  'train.sheet.part': '{drawn, number} of {all, number}',
  'train.sheet.earlier': 'Earlier epoch',
  'train.sheet.later': 'Later epoch',
  'train.sheet.slider': 'Epoch of the samples',
  'train.sheet.slider.none': 'none',
  'train.sheet.label': 'Samples drawn after epoch {epoch, number}',
  'train.sheet.number': 'No.',
  'train.sheet.number.help': 'The number of the sample: in every epoch it is drawn with the same dice',
  'train.sheet.none': 'No samples yet',
  'train.sheet.none.text': 'The first samples come after the first epoch.',
  'train.sheet.ended': 'This run ended before its first samples.',
  'train.sample': 'Sample {number, number}',
  'train.sample.label': 'Sample {number, number} of epoch {epoch, number}',
  'train.sample.picture': 'The sample',
  'train.sample.slider': 'Epoch',
  'train.sample.text': 'In every epoch the same dice are thrown: what changes is what the model has learned.',
} as const
