/** What is asked and told in dialogs of the system. Keys begin with `frame.dialog.` */
export const frameDialogs = {
  // Another folder of runs.
  'frame.dialog.runs':
    '{runs, plural, one {What is to become of the run that you have?} other {What is to become of the # runs that you have?}}',
  'frame.dialog.runs.detail': 'They are in {from}. From now on, runs are kept in {path}.',
  'frame.dialog.runs.move': 'Move them there',
  'frame.dialog.runs.copy': 'Copy them there',
  'frame.dialog.runs.leave': 'Leave them where they are',

  // Closing while a run is under way.
  'frame.dialog.close': '“{name}” is still training.',
  'frame.dialog.close.nameless': 'The run is still training.',
  'frame.dialog.close.detail': 'It can be saved where it is now and go on the next time you start MADE Studio.',
  'frame.dialog.close.save': 'Save and close',
  'frame.dialog.close.keep': 'Keep training',
  'frame.dialog.saving': '“{name}” is still being saved.',
  'frame.dialog.saving.nameless': 'The run is still being saved.',
  'frame.dialog.saving.slow': 'A large model or a busy disk takes a while.',
  'frame.dialog.saving.without': 'Without it the run goes on from its last checkpoint.',
  'frame.dialog.saving.close': 'Close without saving',
  'frame.dialog.saving.wait': 'Keep waiting',

  // A window that crashed or hangs.
  'frame.dialog.lost': 'The window of MADE Studio stopped unexpectedly.',
  'frame.dialog.lost.close': 'Close it',
  'frame.dialog.silent': 'The window of MADE Studio does not answer.',
  'frame.dialog.silent.wait': 'Wait',
  'frame.dialog.lost.detail': 'Data, training and runs are not affected: what computes is a process of its own.',
  'frame.dialog.lost.show': 'Show it again',

  // A start that fails.
  'frame.dialog.no-start': 'MADE Studio cannot start',
  'frame.dialog.no-window': 'MADE Studio cannot show its window',
  'frame.dialog.no-window.detail': '{description}. Please install it again.',

  // What the system tells whoever does not look.
  'frame.notice.finished': '“{name}” is finished',
  'frame.notice.test': 'Test loss: {nats, number, ::.00} nats',
  'frame.notice.group-done': '“{name}” is done: {runs, plural, one {# run} other {# runs}}',
  'frame.notice.all-done': 'All {runs, number} runs of the queue are done',
  'frame.notice.held': '“{name}” is held and needs you',
  'frame.notice.failed': '“{name}” did not come to a good end',

  'frame.dialog.add-on-pack': 'Add-on pack',
  'frame.dialog.report.page': 'Web page',
  'frame.dialog.report.files': 'Report with charts and tables',
  'frame.dialog.parcel': 'Parcel of a run',
} as const
