/** The frame of the window: its title, rail, status line and messages, and what its stores say. Keys begin with `frame.` */
export const frame = {
  'frame.title': '{view} – MADE Studio',
  'frame.drop': 'Drop data, a model or the folder of a run to open it',

  // What is said in many places.
  'frame.cancel': 'Cancel',
  'frame.close': 'Close',
  'frame.close-message': 'Close this message',
  'frame.undo': 'Undo',
  'frame.try-again': 'Try again',
  'frame.choose-file': 'Choose the file…',
  'frame.engines.looking': 'Looking for engines…',

  // On a projector.
  'frame.projector': 'Projector',
  'frame.projector.help': 'One figure after another, full screen and large (F5)',
  'frame.projector.previous': 'Previous figure',
  'frame.projector.next': 'Next figure',
  'frame.projector.leave': 'Leave the projector',
  'frame.projector.none': 'There is no figure to show yet.',

  // The rail.
  'frame.views': 'Views',
  'frame.rail.training': '(training)',
  'frame.rail.paused': '(paused)',
  'frame.rail.failed': '(failed)',
  'frame.rail.diverged': '(diverged)',
  'frame.rail.problem': '(something failed here)',

  // The status line.
  'frame.status.go': 'Go to Train',
  'frame.status.stopped': 'Computing has stopped',
  'frame.status.and-waiting': '{now} · {runs, plural, one {# waits} other {# wait}}',
  'frame.status.loss': '{loss} nats',
  'frame.status.test-loss': 'test {loss} nats',
  'frame.status.fastest': 'The fastest of {engines, number} engines',
  'frame.status.no-engine': 'No engine available',

  // What was interrupted.
  'frame.banner.interrupted': 'Training of “{name}” was interrupted; it is kept at its last checkpoint.',
  'frame.banner.continue': 'Continue',
  'frame.banner.later': 'Not now',
  'frame.banner.start-again': 'Start it again',

  // Data that are opened.
  'frame.data.opening-mnist': 'Opening MNIST…',
  'frame.data.opening-mnist-again': 'Opening MNIST again…',
  'frame.data.drawing': 'Drawing rows…',
  'frame.data.drawing-again': 'Drawing rows again…',
  'frame.data.reading': 'Reading {file}…',
  'frame.data.reading-again': 'Reading {file} again…',
  'frame.data.opening': 'Opening {name}…',
  'frame.data.opening-again': 'Opening {name} again…',
  'frame.data.preparing': 'Preparing the data…',
  'frame.data.still-open': '{name} is still open.',
  'frame.data.mnist-instead': 'MNIST is open instead.',

  // Why training cannot begin.
  'frame.train.opening': 'The data are still being opened.',
  'frame.train.too-few': 'The data have too few bits for a model: Data says why, and what there is to do.',
  'frame.train.memory': 'This model does not fit into the memory.',

  // What was set is as it was, or is set again.
  'frame.undone': '“{setting}” is as it was before.',
  'frame.undone.several': 'Several settings are as they were before.',
  'frame.undone.data': 'The data are as they were before.',
  'frame.redone': '“{setting}” is changed again.',
  'frame.redone.several': 'Several settings are changed again.',
  'frame.redone.data': 'The data are changed again.',

  // Runs.
  'frame.runs.binned': '“{name}” is in the bin.',
  'frame.runs.bin-empty': 'The bin is empty. Its runs are in the bin of your system.',
  'frame.runs.reported': 'The report is saved.',
  'frame.runs.packed': 'The parcel is saved.',
  'frame.runs.packed.no-rows':
    'The parcel is saved, without test rows: the data of the run are not at hand, or too many.',

  // Engines to choose from.
  'frame.engine.absent': '{engine}, not available',
  'frame.engine.on-gpu': '{engine}, on the graphics card',
  'frame.engine.on-cpu': '{engine}, on the processor',
} as const
