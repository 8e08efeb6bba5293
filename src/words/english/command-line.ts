/** The command line: how it was called wrongly, and what fails. Keys begin with `cli.` */
export const commandLine = {
  /** How help is had. */
  'cli.see-help': 'See "made --help" or "made <{command}> --help".',

  /** What is typed after made: commands and options. */
  'cli.usage.unknown-command': 'Unknown command "{command}".',
  'cli.usage.unknown-option': 'Unknown option "{option}".',
  'cli.usage.did-you-mean': 'Did you mean {similar}?',
  'cli.usage.did-you-mean.one-of': 'Did you mean one of {similar}?',
  'cli.usage.argument-missing': 'Missing required argument "{argument}".',
  'cli.usage.value-missing': 'The option "{option}" has no value.',
  'cli.usage.option-missing': 'Required option "{option}" not specified.',
  'cli.usage.conflict': 'Option "{option}" cannot be used with option "{other}".',
  'cli.usage.too-many':
    'Too many arguments. Expected {expected, plural, one {# argument} other {# arguments}} but got {got, number}.',

  /** The value of an option. */
  'cli.value.no-number': 'The value of {option} is "{text}", which is not a number.',
  'cli.value.no-whole': 'The value of {option} is "{text}"; it must be a whole number of {least} or more.',
  'cli.value.most': 'The value of {option} is {value}; the most is {most}.',
  'cli.value.one-of': 'The value of {option} is "{text}"; it must be one of {words}.',
  'cli.value.names': 'The value of {option} is "{text}"; it must be names separated by commas.',
  'cli.value.least': 'The value of {option} is {value}; the least is {least}.',
  'cli.score.incomplete': 'Rows lack values, and have no terms for what is not known.',
  'cli.score.incomplete.hint': 'Leave out --by-variable, or --missing.',
  'cli.score.shard':
    'The value of --shard is "{text}"; it must be a number and how many there are, such as 0/8 to 7/8.',
  'cli.score.no-list':
    'The model draws fresh orderings or masks for every update, or does not say how they are drawn: there is no list of all.',
  'cli.score.no-list.hint': 'Leave out --all-connectivities.',
  'cli.value.ending': 'The value of {option} is "{text}"; it must end in {ending}.',
  'cli.value.size': 'The value of --size is "{text}"; it must be a width and a height, such as 28x28.',
  'cli.value.size.other':
    'The value of --size is {size}, which is {pixels, plural, one {# pixel} other {# pixels}}; the model has {inputs, plural, one {# input} other {# inputs}}.',
  'cli.value.cuts':
    'The value of {option} is "{text}"; the most {kind, select, bins {bins} other {bits}} of a number are {most}.',
  'cli.value.kernels': 'The value of --kernels is a build of the engine cpu, but --engine is {engine}.',
  'cli.value.kernels.hint': 'Leave one of them out.',
  'cli.value.data-empty': 'The value of --data is empty.',
  'cli.value.data-empty.hint': 'Give "mnist", or the path of a file or folder.',
  'cli.value.settings': 'the settings',

  /** What does not go together. */
  'cli.data.none': 'No data are given.',
  'cli.data.none.hint': 'Add --data mnist or --data <{file}>.',
  'cli.data.no-file': 'How a file is read was said, but the data are no file.',
  'cli.data.no-file.hint': 'Leave out options such as --separator and --label, or name a file.',
  'cli.data.no-columns': 'What becomes of columns was said, but the data are no file that has columns.',
  'cli.data.no-columns.hint': 'Leave out options such as --bits, --omit and --missing, or name a file.',
  'cli.data.no-label': '{name} has no label that could be learnt.',
  'cli.data.no-label.hint': 'Name a column of it with --label, or leave out --learn-label.',
  'cli.data.unlabelled': 'The rows of a synthetic set have no label that could be learnt.',
  'cli.data.unlabelled.hint': 'Leave out --learn-label.',
  'cli.fill.no-file': 'How a file is read was said, but no file was named.',
  'cli.fill.no-file.hint': 'Add --data <{file}>, or leave out options such as --separator.',
  'cli.fill.no-rows': 'A model file alone does not hold the rows that it was trained on.',
  'cli.fill.no-rows.hint': 'Give the folder of its run, or add --data <{file}>.',
  'cli.preset.unknown': 'There is no preset "{preset}".',
  'cli.preset.unknown.hint': 'Choose one of {presets}.',
  'cli.optimizer.no-learning-rate': 'The optimizer {optimizer} has no learning rate.',
  'cli.optimizer.no-epsilon': 'The optimizer {optimizer} has no epsilon.',
  'cli.synthetic.no-setting': 'The synthetic set {set} has no setting "{setting}".',
  'cli.synthetic.no-setting.hint': 'It has {settings}.',
  'cli.sample.no-connectivity':
    'The model stores {stored, plural, one {# connectivity} other {# connectivities}}; number {wanted} is not among them.',
  'cli.sample.no-connectivity.hint': 'They are numbered from 0.',

  /** The file of --config. */
  'cli.config.unreadable': 'The file {path} cannot be read.',
  'cli.config.unreadable.hint': 'Check the path given to --config.',
  'cli.config.no-json': 'The file {path} is not JSON.',
  'cli.config.invalid': 'The settings in {path} are not valid. {issue}',
  'cli.config.hint': 'Use the run.json of a run as an example.',
  'cli.config.file': 'the file',

  /** Data and models that do not belong together. */
  'cli.evaluate.other-width':
    'The model has {inputs, plural, one {# input} other {# inputs}}, but the data have {columns, plural, one {# column} other {# columns}}.',
  'cli.evaluate.other-width.hint': 'Choose the data that the model was trained on.',
  'cli.sample.pictures': 'The model was trained on pictures, which are no columns of a table.',
  'cli.sample.no-columns': 'The model does not say which columns its inputs stand for.',
  'cli.sample.no-given.hint': 'Leave out --given.',
  'cli.sample.no-table.hint': 'Choose .npy for zeros and ones, or .png for a sheet of pictures.',

  /** Interruptions. */
  'cli.interrupted': 'Interrupted ({signal}).',
  'cli.interrupted.hint': 'Nothing was changed.',
  'cli.interrupted.leaving': 'Leaving in order. Ctrl+C twice more leaves at once; what is not saved by then is lost.',
  'cli.train.saved': 'Training was interrupted in epoch {epoch} and saved.',
  'cli.train.go-on': 'Go on with: {command}',
  'cli.train.start-anew': 'Start anew with {option} {value}.',
} as const
