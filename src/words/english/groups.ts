/** Groups of runs that differ in some settings. Keys begin with `group.` */
export const groups = {
  'group.in-folder': 'the group of runs in {path}',
  'group.gone': 'The group of runs is not there any more.',
  'group.gone.hint': 'Its runs, as far as they were trained, are in Runs.',
  'group.damaged': 'What the group in {path} was to be cannot be read any more.',
  'group.damaged.hint': 'Its runs are kept in Runs; set the group up anew to go on with it.',
  'group.other-data': 'The data of the group “{name}” are not those that it began with.',
  'group.other-data.hint': 'Put the original file back, or set the group up anew.',
  'group.run-in-queue': 'This run belongs to “{name}”, which is still being tried.',
  'group.run-in-queue.hint': 'Take that group out of the queue first.',
  'group.not-moved': 'The runs stay where they are, since “{name}” is being tried there.',
  'group.not-moved.hint': 'Take that group out of the queue, or move the runs when it is done.',
  'group.short':
    'One epoch of each of the {runs, plural, one {# run} other {# runs}} takes about {needed, number} min on this computer; the budget is {minutes, number} min.',
  'group.short.hint': 'Give it more time, or try fewer values.',
  'group.nothing-varies': 'Nothing differs between the runs.',
  'group.nothing-varies.hint': 'Give a setting a second value.',

  // What mattered.
  'group.value.yes': 'on',
  'group.value.no': 'off',
  'group.value.fresh': 'new for every update',
  'group.mattered':
    '“{setting}” mattered most: {best} was better than {worst} by {nats, number, ::.00} nats, comparing medians. It explains about {share, number}% of the differences between {runs, plural, one {# run} other {# runs}}.',
  'group.mattered.none':
    'No single setting mattered clearly: none explains a tenth of the differences between {runs, plural, one {# run} other {# runs}}.',

  // In the window.
  'group.added': '“{name}” is in the queue, as one.',
  'group.done': '“{name}” is done: {runs, plural, one {# run} other {# runs}}.',
  'group.done-told': '“{name}” is done. {mattered}',
  'group.compare': 'Compare its runs',
  'group.compare.help': 'Show its runs side by side, the best of them where there are many',
  'group.of': 'One of “{name}”',
  'group.best':
    'The best so far is “{name}”, {loss} nats in validation, of {runs, plural, one {# run} other {# runs}}.',
  'group.show-best': 'Show the best',
  'group.go-on': 'Go on with it',
  'group.runs': '{runs, plural, one {# run} other {# runs}}',
  'group.progress': '{over, number} of {of, number} done',
  'group.progress.round': 'round {rung, number} of {rungs, number} · {done}',
} as const
