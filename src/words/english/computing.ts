/** What main and the process that computes refuse or could not do. Keys begin with `compute.` */
export const computing = {
  // Requests.
  'compute.request.unknown': 'The request "{channel}" is not known.',
  'compute.request.too-early': 'The request "{channel}" came before anything was ready for it.',
  'compute.request.unknown-page': 'A request from an unknown page was refused.',
  'compute.request.restart': 'Please restart MADE Studio.',
  'compute.request.bad-value.hint': 'Change it and try again.',

  // The process that computes, and the hidden window, when they are lost.
  'compute.lost.died': 'The part of MADE Studio that computes stopped unexpectedly; it was started again.',
  'compute.lost.silent':
    'The part of MADE Studio that computes did not answer any more and was ended; it was started again.',
  'compute.reply.unreadable': 'The part of MADE Studio that computes gave an answer that cannot be read.',
  'compute.lost.often':
    'The part of MADE Studio that computes stopped unexpectedly {times, number} times within a minute and was not started again.',
  'compute.lost.run-kept': 'The run is kept at its last checkpoint, from which it can go on.',
  'compute.lost.nothing': 'Nothing that was saved is lost.',
  'compute.lost.start-again': 'Start it again to go on.',
  'compute.closing': 'MADE Studio is about to close.',
  'compute.closing.hint': 'What was saved is kept; start it again to go on.',
  'compute.gpu.died': 'The part of MADE Studio that computes on the GPU stopped unexpectedly.',
  'compute.gpu.silent': 'The part of MADE Studio that computes on the GPU did not answer any more and was ended.',
  'compute.gpu.lost.hint': 'What was saved is kept; continue on the GPU, or with the cpu engine.',
  'compute.gpu.no-start': 'The part of MADE Studio that computes on the GPU could not be started: {why}.',
  'compute.gpu.no-start.late':
    'The part of MADE Studio that computes on the GPU could not be started: it did not load.',
  'compute.gpu.no-start.often':
    'The part of MADE Studio that computes on the GPU could not be started: it stopped several times within a minute.',
  'compute.gpu.no-start.hint': 'Use the cpu engine, or try again after a minute.',

  // Settings and folders.
  'compute.settings.named': 'the settings of MADE Studio',
  'compute.settings.not-written': 'The settings could not be written ({why}).',
  'compute.settings.not-written.hint':
    'They hold until MADE Studio is closed. Check that its folder may be written and that its disk is not full.',
  'compute.settings.damaged': 'The settings could not be read, so MADE Studio started with the usual ones.',
  'compute.settings.damaged.hint': 'The damaged file is kept at {path}.',
  'compute.settings.unreadable': 'The settings in {path} could not be read.',
  'compute.settings.unreadable.hint':
    'MADE Studio uses the usual ones. The file is left as it is, and changes hold until MADE Studio is closed.',
  'compute.settings.unknown-folder': '{path} was never the folder of runs.',
  'compute.settings.unknown-folder.hint': 'Choose it in Settings.',
  'compute.bin': 'The system’s bin could not take the deleted runs.',
  'compute.bin.hint': 'They stay in the bin of MADE Studio; you can remove them yourself in {folder}.',
  'compute.licences':
    'The licences are put together when MADE Studio is packaged; in a checkout, THIRD_PARTY.md names what is used.',

  // Data.
  'compute.data.none': 'No data set is open.',
  'compute.data.none.hint': 'Open the built-in MNIST or a file first.',
  'compute.data.cancelled': 'Opening the data was cancelled.',
  'compute.data.cancelled.hint': 'What was open before is still open.',
  'compute.data.not-there': 'There is no file or folder {path}.',
  'compute.data.not-there.hint': 'It may have been moved or renamed.',
  'compute.mixture.busy': 'A mixture is being fitted already.',
  'compute.mixture.busy.hint': 'Wait for it, or cancel it.',
  'compute.mixture.gaps': 'A mixture cannot be fitted to rows that lack values.',
  'compute.mixture.gaps.hint': 'Choose another way with missing values in Data to compare with one.',
  'compute.fill.busy': 'Missing values are being filled in already.',
  'compute.fill.busy.hint': 'Wait for that, or cancel it.',
  'compute.fill.cancelled': 'Filling in the missing values was cancelled.',
  'compute.fill.cancelled.hint': 'Nothing was written.',
  'compute.fill.cancelled.some':
    '{tables, plural, one {# table that was finished stays.} other {# tables that were finished stay.}}',
  'compute.fill.there': 'There is a file “{name}” already.',
  'compute.fill.there.hint': 'Choose another name: the tables are numbered before its ending.',

  // Runs.
  'compute.run.reading': 'Reading the data',
  'compute.run.preparing': 'Preparing the model',
  'compute.run.none': 'That run is not under way.',
  'compute.run.none.hint': 'It may have ended in the meantime. Start or continue it first.',
  'compute.run.busy': 'Another run is under way.',
  'compute.run.busy.hint': 'Stop it, or wait until it is over.',
  'compute.run.no-estimate': 'A run is under way.',
  'compute.run.no-estimate.hint': 'How long another takes is measured when it is over.',
  'compute.run.not-paused': 'This run is not paused.',
  'compute.run.not-paused.hint': 'Pause it first, or stop it.',
  'compute.run.not-deleted': 'This run is under way and cannot be deleted.',
  'compute.run.not-deleted.hint': 'Stop it first.',
  'compute.run.data-missing': 'The data of this run ({name}) are not at {path} any more.',
  'compute.run.data-missing.hint': 'Say where the file is now.',
  'compute.run.closing': 'MADE Studio is being closed.',
  'compute.run.closing.hint': 'Start the run again the next time.',
  'compute.queue.named': 'the queue of runs',
  'compute.queue.no-room':
    '{runs, plural, one {The run needs} other {The # runs that wait need}} {needed} at their most, and the disk has {free} left.',
  'compute.queue.no-room.hint':
    'Make room where {folder} is, choose another folder of runs, or take runs out of the queue.',
  'compute.queue.under-way': 'This run is under way.',
  'compute.queue.under-way.hint': 'Pause it and put it aside, or stop it: the next one begins then.',
  'compute.queue.passed-over': '“{name}” could not begin and left the queue: {why}',
  'compute.queue.waits': '“{name}” cannot begin, and the queue waits: {why}',
  'compute.queue.kept': 'The run itself is kept in Runs.',
  'compute.samples.no-ordering':
    'This model holds {orderings, plural, one {# ordering} other {# orderings}}; number {number, number} is not among them.',
  'compute.samples.no-ordering.hint': 'Choose a smaller number.',
  'compute.samples.no-table': 'The model does not say which columns its inputs stand for.',
  'compute.samples.no-table.hint': 'Choose a picture, or numbers.',
  'compute.samples.no-class':
    '{classes, plural, =0 {This model has learnt no label} one {This model knows # class} other {This model knows # classes}}; number {number, number} is not among them.',
  'compute.samples.no-class.hint': 'Ask for any class.',
  'compute.ask.other-width':
    'A row of {columns, plural, one {# column} other {# columns}} cannot be asked about: the model has {inputs, plural, one {# input} other {# inputs}}.',
  'compute.ask.other-width.hint': 'Choose the run anew.',
  'compute.ask.no-names.hint': 'Set evidence by the bars.',
  'compute.ask.no-row': 'There is no test row {number, number}.',
  'compute.ask.no-row.hint': 'Their numbers go from 0 to {last, number}.',

  // The add-on pack of TensorFlow.
  'compute.add-on.not-one': '{name} is no add-on pack of this MADE Studio.',
  'compute.add-on.not-one.hint': 'Choose the file of TensorFlow from the page of the newest release.',
  'compute.add-on.too-large': '{name} unpacks to more than an add-on may have.',
  'compute.add-on.other-computer': '{name} is made for another kind of computer ({made}; this is {here}).',
  'compute.add-on.other-computer.hint': 'Choose the file that is named after this kind of computer.',
  'compute.add-on.other-files': '{name} does not hold the files that it says.',
  'compute.add-on.damaged': '{name} is damaged: a file in it is not the one that it says.',
  'compute.add-on.again': 'Download it again, and compare its hash with SHA256SUMS.',
  'compute.add-on.not-removed': 'The add-on pack of TensorFlow could not be removed.',
  'compute.add-on.not-removed.hint': 'It is in {folder}; you can remove it yourself.',
  'compute.add-on.in-use': 'TensorFlow has been used since MADE Studio started, so its files are in use.',
  'compute.add-on.in-use.hint': 'Start MADE Studio again, and do this before a run uses it.',
} as const
