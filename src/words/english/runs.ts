/** Runs, their files and their training. Keys begin with `run.` */
export const runs = {
  /** Getting ready. */
  'run.preparing-model': 'Preparing the model',
  'run.unknown-data': 'unknown data',
  'run.unnamed-label': 'label',
  'run.needs-fresh-orderings':
    'Rows that lack values are learnt from by what they have, which takes a fresh ordering for every update.',
  'run.needs-fresh-orderings.window': 'Set the drawing orders to “a fresh one for every update” in Model.',
  'run.needs-fresh-orderings.options': 'Say --orderings -1.',
  'run.memory':
    'Training this model takes about {needed} of memory; {whose, select, process {this process may use} other {this computer has}} {usable}.',
  'run.memory.hint': 'Use fewer hidden units, a smaller minibatch, or an optimizer with less state such as sgd.',
  'run.gigabytes': '{gigabytes, number, ::.0} GB',
  'run.other-best':
    'The best model on the disk is that of epoch {there}, and not of epoch {expected} as the checkpoint says.',
  'run.other-best.hint': 'Go on with the run: its next validated model becomes the best one.',
  'run.best-lost.hint': 'The run goes on; its next validated model becomes the best one.',

  /** What goes wrong in training. */
  'run.diverged':
    '{what, select, loss {The loss} valid {The validation loss} test {The test loss} other {A weight}} {became, select, infinite {became infinite} other {stopped being a number}} at epoch {epoch}.',
  'run.diverged.best-kept': 'The step size is probably too large; the best model so far, from epoch {epoch}, is kept.',
  'run.diverged.none-kept': 'The step size is probably too large; no model had been validated before, so none is kept.',
  'run.diverged.no-more': 'This run cannot go on, since it diverged. {failure}',
  'run.diverged.unknown': 'Its numbers became infinite.',
  'run.diverged.no-more.hint':
    'From its last checkpoint the same would happen again. Start a new run with smaller steps.',
  'run.exploded': 'The loss has exploded: it is {times, number, ::@#} times that of fair coins.',
  'run.exploded.beyond': 'The loss has exploded: it is more than a million times that of fair coins.',
  'run.exploded.paused': 'Its steps are probably too large. The run is paused, so that no time is lost.',
  'run.exploded.going-on': 'Its steps are probably too large: stop it, and try a tenth of the learning rate.',
  'run.engine-lost.hint':
    '{checkpoint, select, yes {Nothing that was saved is lost: the run goes on from its last checkpoint} other {The run had no checkpoint yet and begins anew}}, {where, select, same {on the same engine} other {on the {engine} engine}}.',
  'run.engine-too-small.hint': 'The run uses the cpu engine instead.',

  /** Filling in missing values. */
  'run.filling.other-columns': 'The model has {inputs} inputs, but the data have {columns} columns of bits.',
  'run.filling.other-columns.hint': 'Choose the data that the model was trained on.',
  'run.filling.nothing-missing': 'No value is missing in {name}.',
  'run.filling.nothing-missing.hint': 'Choose data with empty fields, or fields that hold a ?.',

  /** Going on. */
  'run.all-epochs-done':
    'This run has completed all {epochs, plural, one {# epoch} other {# epochs}} that it was asked for.',
  'run.all-epochs-done.hint': 'Give it more epochs to go on.',
  'run.data-changed': 'The data of this run ({name}) have changed since it began.',
  'run.data-changed.hint': 'Put the original file back, or start a new run on the new data.',
  'run.no-model-yet': 'This run has no such model yet.',
  'run.no-model-yet.hint': 'Wait until its first epoch is over, then try again.',

  /** The folder of a run and what is in it. */
  'run.in-folder': 'the run in {path}',
  'run.remarks-in-folder': 'the star and the note of the run in {path}',
  'run.folder-taken': 'There is a run in {path} already.',
  'run.folder-taken.hint': 'Choose another folder, or continue that run with "made resume".',
  'run.folder-taken.rename': 'Give one of the two another name.',
  'run.none-in-folder': 'There is no run in {path}.',
  'run.none-in-folder.hint': 'Choose the folder that a run was saved in.',
  'run.record-damaged':
    'The run in {path} cannot be opened: its run.json is damaged and no checkpoint holds a copy of it.',
  'run.record-damaged.hint':
    'Restore the folder from a backup. Its best model, best.safetensors, may still be readable.',
  'run.checkpoint.checksum': 'This checkpoint is damaged: its numbers do not match its checksum.',
  'run.checkpoint.version': 'This checkpoint is damaged: it is not a checkpoint of this version.',
  'run.checkpoint.counters': 'This checkpoint is damaged: its counters cannot be read.',
  'run.checkpoint.hint': 'The run goes on from an earlier checkpoint if there is one.',
  'run.no-samples': 'No samples of epoch {epoch} are kept.',
  'run.no-samples.hint': 'Choose another epoch.',
  'run.busy-here': 'This run is being worked on already.',
  'run.busy-here.hint': 'Wait until that is done, or stop it.',
  'run.busy-elsewhere':
    'This run is being worked on by another MADE Studio or made command{remote, select, yes { on {host}} other {}}.',
  'run.busy-elsewhere.hint': 'Wait until it is done, or stop it there.',
  'run.taken-over':
    'This run was taken over by another MADE Studio or made command{remote, select, yes { on {host}} other {}} while this one was silent.',
  'run.taken-over.hint': 'It goes on there from its last checkpoint; nothing was written here since.',
  'run.not-locked': 'The folder of this run cannot be locked for writing.',

  /** All runs. */
  'run.built-in.digits': 'Handwritten digits',
  'run.built-in.any-order': 'Digits in any order',
  'run.built-in.mushrooms': 'Mushrooms',
  'run.built-in': 'This run came with MADE Studio and stays as it is.',
  'run.built-in.hint': 'Use its settings for a run of your own; that one can be changed.',
  'run.gone': 'This run is not there any more.',
  'run.gone.hint': 'It may have been moved or deleted.',
  'run.not-in-bin': 'This run is not in the bin any more.',
  'run.not-in-bin.hint': 'It may have been restored already, or the bin may have been emptied.',
  'run.unusable-name': 'The folder “{name}” holds a run, but its name means something else on some systems.',
  'run.unusable-name.hint': 'Rename the folder, then it can be opened.',
  'run.runs-folder.full': 'The disk of {path} is full.',
  'run.runs-folder.full.hint': 'Make room on it, or choose another folder. The one before is still used.',
  'run.runs-folder.unusable': 'Runs cannot be kept in {path}: {reason}.',
  'run.runs-folder.unusable.hint': 'Choose another folder. The one before is still used.',
} as const
