/** Parts that views are made of. Keys begin with `frame.part.` */
export const frameParts = {
  // Folders of runs that were used before.
  'frame.part.other-folder':
    '{runs, plural, one {# other run is in <place>{path}</place>} other {# other runs are in <place>{path}</place>}}',
  'frame.part.use-folder': 'Use that folder',

  // The run that stays on show.
  'frame.part.pin': 'Pin this run',
  'frame.part.pin.keep': 'Keep showing this run when a newer one begins or ends',
  'frame.part.pin.newest': 'Show the newest run again',

  // Samples and pictures.
  'frame.part.previous-sample': 'Previous sample',
  'frame.part.next-sample': 'Next sample',
  'frame.part.sheet': '{label}; Enter enlarges one',
  'frame.part.scale.small': 'S',
  'frame.part.scale.medium': 'M',
  'frame.part.scale.large': 'L',

  // A run that is started anew.
  'frame.part.anew.waits': 'It waits until the run under way is over.',
  'frame.part.anew.left': 'The run under way is left at its last checkpoint.',
  'frame.part.anew.same': 'Its other settings stay the same.',

  // Rows of a table.
  'frame.part.table.label': 'The label',
  'frame.part.table.missing': 'no value',
  'frame.part.table.values': '{values, plural, one {# value} other {# values}}',
  'frame.part.table.told': '{column}: {value}',
  'frame.part.table.told.detail': '{told} · {detail}',
  'frame.part.table.share': '{value} {share}',
  'frame.part.table.range': 'from {least} to {most}',
  'frame.part.table.missing-share': '{share} missing',

  'frame.part.messages': 'Messages',
  /** A loss on the bar of the verdict. */
  'frame.part.mark': '{mark}: {loss} nats',
} as const
