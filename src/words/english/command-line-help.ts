/** What `made --help` says: titles, commands, and what each option does. Keys begin with `cli.` */
export const commandLineHelp = {
  /** How help is laid out. */
  'cli.title.usage': 'Usage:',
  'cli.title.arguments': 'Arguments:',
  'cli.title.options': 'Options:',
  'cli.title.commands': 'Commands:',
  'cli.title.status': 'Exit status:',

  /** What stands for something that is typed, in angles or square brackets. */
  'cli.place.options': 'options',
  'cli.place.command': 'command',
  'cli.place.file': 'file',
  'cli.place.folder': 'folder',
  'cli.place.run-or-model': 'run or model',
  'cli.place.source': 'source',
  'cli.place.shell': 'shell',
  'cli.place.language': 'language',
  'cli.place.build': 'build',
  'cli.place.way': 'way',
  'cli.place.part': 'part',
  'cli.place.mark': 'mark',
  'cli.place.marks': 'marks',
  'cli.place.name': 'name',
  'cli.place.column': 'column',
  'cli.place.columns': 'columns',
  'cli.place.bits': 'bits',
  'cli.place.bins': 'bins',
  'cli.place.values': 'values',
  'cli.place.units': 'units',
  'cli.place.which': 'which',

  /** Each exit status. */
  'cli.status.done': 'done',
  'cli.status.failed': 'failed; a sentence and a hint are on standard error',
  'cli.status.called-wrongly': 'called wrongly',
  'cli.status.saved':
    'interrupted and saved: "made resume" goes on from there (EX_TEMPFAIL, by which schedulers know it)',
  'cli.status.interrupted':
    'interrupted before there was anything new to save: 128 and the number of the signal, 130 after Ctrl+C, 143 after SIGTERM',

  /** What each command does. */
  'cli.command.made': 'Train, evaluate and sample MADE, the Masked Autoencoder for Distribution Estimation.',
  'cli.command.help': 'display help for command',
  'cli.command.engines': 'list the engines, and why one is not available',
  'cli.command.train': 'train a model',
  'cli.command.resume': 'go on with a run from its last checkpoint',
  'cli.command.sweep': 'do many runs that differ in some settings, here or on a cluster',
  'cli.command.sweep.prepare': 'make out the runs of a sweep, and the jobs that do them',
  'cli.command.sweep.run': 'do a task of a sweep, or what is left of it; may be given again at any time',
  'cli.command.sweep.todo': 'print the tasks that are left, as batch systems take them: 0,3-5',
  'cli.command.sweep.status': 'say how far the runs of a sweep are',
  'cli.command.sweep.collect': 'print the results of a sweep as a table (CSV)',
  'cli.command.evaluate':
    'print the mean negative log-likelihood of data under a model, in nats, and of a model that learnt a label how well it tells it',
  'cli.command.sample': 'draw samples from a model',
  'cli.command.ask': 'say how likely something is, and what else is then likely',
  'cli.command.complete': 'draw rows that have what is given, or find the likeliest',
  'cli.command.score': 'write the log probability of every row of data',
  'cli.command.fill': 'fill in the missing values of a table by a model that was trained on its other rows',
  'cli.command.report': 'write what a run came to, or several side by side, as one page with charts and tables',
  'cli.command.parcel':
    'pack a run with its best model, its report and a PyTorch program that loads it into one zip file',
  'cli.command.verify':
    'train a run again by the same kernels and compare the parameters of its models, to the last bit',
  'cli.command.data': 'look at data, or convert them',
  'cli.command.inspect': 'say what a file or folder holds, how it was understood, and what becomes of it',
  'cli.command.convert': 'write the bits that a model would see, with arrays train, valid and test',
  'cli.command.completion': 'print the program by which a shell completes this command line',
  'cli.command.manual': 'print the manual page, for man',

  /** Options of every command. */
  'cli.option.help': 'display help for command',
  'cli.option.version': 'say which version it is',
  'cli.option.lang': 'the language that is spoken: {languages} (default: as LC_ALL, LC_MESSAGES or LANG say)',
  'cli.option.json': 'print one line of JSON instead of words',

  /** What names data, models and runs. */
  'cli.option.data':
    'mnist or mushrooms, which are built in; synthetic: and a kind, such as synthetic:ising-strip,width=6; or a file or folder of any format that is read',
  'cli.option.data.evaluate':
    'mnist or mushrooms, which are built in; synthetic: and a kind, such as synthetic:ising-strip,width=6; or a file or folder of any format that is read; prepared as the data were that the model was trained on',
  'cli.option.data.fill': 'fill in this file, which has the same columns by name (default: the data of the run)',
  'cli.option.model': 'a model file (.safetensors), or the folder of a run, whose best model is meant',
  'cli.argument.run': 'the folder of the run',
  'cli.argument.sweep': 'the folder of the sweep',
  'cli.argument.sweep-file': 'the sweep, a JSON file with "base" and "vary"',
  'cli.argument.task': 'number of the task, from 0',
  'cli.argument.run-or-model': 'the folder of a run, or a model file (.safetensors)',
  'cli.argument.shell': 'which shell (choices: {shells})',
  'cli.option.size':
    'make pictures fit this width and height, in pixels (default: their own, or 28x28 where they differ)',
  'cli.option.size.evaluate': 'make pictures fit this width and height, in pixels (default: as the model was trained)',
  'cli.option.size.sample': 'the shape in which a row is drawn on a sheet (default: as the model was trained)',
  'cli.option.out.train': 'the folder of the run, made anew',
  'cli.option.out.sweep': 'the folder of the sweep, made anew, on a disk that all computers see',
  'cli.option.out.collect': 'write the table to this file (default: print it)',
  'cli.option.out.sample':
    'where to write them: zeros and ones (.npy), a table of the values that they stand for (.csv), or a sheet of pictures (.png), which holds fewer',
  'cli.option.out.fill': 'where to write the table, a .csv file',
  'cli.option.out.report':
    'where to write it: an .html file, or a .zip file with its charts and tables as files of their own',
  'cli.option.run.report': 'the folder of a run; several times for a comparison',
  'cli.option.out.parcel': 'where to write the parcel, a .zip file',
  'cli.option.data.moved': 'where the data of the run are now; by default where they were',
  'cli.option.out.convert': 'where to write them, a .npz file',

  /** What computes. */
  'cli.option.engine.train': 'what computes: {engines} or {last} (default: {engine}, which times them on the model)',
  'cli.option.engine.resume': 'what computes: {engines} or {last} (default: as before)',
  'cli.option.engine.evaluate': 'what computes: {engines} or {last} (default: {engine})',
  'cli.option.threads':
    'how many threads of the processor compute (default: one for each core that this process may use, control groups considered)',
  'cli.option.kernels':
    'the build of the engine cpu: {builds}; results of two differ in the last digits (default: the fastest that works here)',

  /** How a model is trained. */
  'cli.option.preset': 'start from settings of the application: {presets} (default: none)',
  'cli.option.config': 'start from the settings of a JSON file, such as the run.json of a run',
  'cli.option.hidden': 'units of each hidden layer, separated by commas, such as 500,500 (default: {default})',
  'cli.option.orderings':
    'number of orderings: 1 is that of --ordering, more are random, -1 is a fresh one for every update (default: {default})',
  'cli.option.ordering': 'the order of the inputs where there is one only: natural or random (default: {default})',
  'cli.option.masks': 'number of sets of masks; -1 is a fresh one for every update (default: {default})',
  'cli.option.activation': 'what hidden units do with their sum: {activations} (default: {default})',
  'cli.option.direct': 'add direct connections from inputs to outputs (default: none)',
  'cli.option.conditioning': 'add conditioning weights, so that the units know which masks are in use (default: none)',
  'cli.option.initialisation': 'how the weights begin: {initialisations} (default: {default})',
  'cli.option.output-biases':
    'what outputs begin at: {ways}; frequencies are how often each value is there among the training rows (default: {default})',
  'cli.option.optimizer': 'how updates are made: {optimizers} (default: {default})',
  'cli.option.learning-rate': 'how far each update moves the weights (default: {defaults})',
  'cli.option.learning-rate-schedule':
    'how the learning rate goes: {schedules}; cosine takes it to zero by the last of all epochs (default: {default})',
  'cli.option.epsilon': 'the small number that keeps steps finite (default: {defaults})',
  'cli.option.for-optimizer': '{value} for {optimizer}',
  'cli.option.l2': 'how strongly weights are drawn to zero (default: {default})',
  'cli.option.batch': 'rows of a minibatch (default: {default})',
  'cli.option.epochs': 'the most times that all training rows are gone through (default: {default})',
  'cli.option.epochs.resume':
    'the most times in all that the training rows are gone through, where a cosine schedule ends, too (default: as before)',
  'cli.option.until-epoch':
    'save and leave after that epoch, without a test; "made resume" goes on as if nothing had been (default: to the end)',
  'cli.option.look-ahead': 'stop after so many epochs without a better validation loss (default: {default})',
  'cli.option.average-epochs':
    'validate and keep the average of the weights over about so many epochs; 1 is none (default: {default})',
  'cli.option.seed': 'number that all chance comes from (default: {default})',

  /** How a model is used. */
  'cli.option.split':
    'which rows: train, valid, test or all (default: test of the data that the model was trained on and of data that come in parts, all of others)',
  'cli.option.likeliest.fill': 'fill each gap in with its most probable value (default)',
  'cli.option.draw': 'draw each gap instead, as varied as real rows are',
  'cli.option.times':
    'draw so many tables (x.1.csv, x.2.csv, …), for multiple imputation (default: one, under the name itself)',
  'cli.option.of': 'the variable whose values are told: the name of a column, or its number from 0 (default: all)',
  'cli.option.particles': 'draw so many particles (default: until every standard error is below 0.01)',
  'cli.option.seconds': 'seconds after which the answer is told as far as it is known (default: {default})',
  'cli.option.count.complete': 'how many rows (default: {default})',
  'cli.option.likeliest': 'the likeliest row that a beam search finds, in place of draws',
  'cli.option.by-variable': 'tell the log probability of every variable given those before it, too',
  'cli.option.out.score': 'the file to write: .csv',
  'cli.option.shard':
    'write only the rows of one part of n, numbered from 0, such as 0/8; all parts one after another are the whole file (default: all rows)',
  'cli.option.all-connectivities':
    'score under all pairs of orderings and masks that the model was trained with, not only under those that its file stores, which are the first 64',

  /** How many runs are done. */
  'cli.option.pack': 'points that a task does one after another (default: 1)',
  'cli.option.threads.sweep': 'how many threads each run computes with (default: 1)',
  'cli.option.kernels.sweep':
    'the build of the engine cpu that all runs use, so that different processors make the same bits (default: the fastest that works on each)',
  'cli.option.threads.prepared': 'how many threads compute (default: as prepared)',
  'cli.option.kernels.prepared': 'the build of the engine cpu (default: as prepared)',
  'cli.option.time': 'how long a job may take before it is to save and be queued again (default: {default})',
  'cli.option.keep-all':
    'keep a sheet of samples of every epoch, and the checkpoints of finished runs (default: a sheet of the best epoch, and none)',
  'cli.option.rung': 'the rung of a halved sweep, from 0 (default: 0)',
  'cli.option.leave-out': 'rank a rung without the points that have not got so far (default: that is refused)',
  'cli.option.from': 'the first task, from which they are counted (default: 0)',
  'cli.option.count.tasks': 'how many tasks from there (default: all)',
  'cli.option.json.collect': 'print a line of JSON for each run instead',
  'cli.option.count': 'how many samples',
  'cli.option.temperature':
    'from {least} (safe: what is likely gets likelier) to {most} (wild); other than 1 it is no longer the distribution of the model (default: {default})',
  'cli.option.given':
    'what is known: values and conditions of columns, separated by commas, such as label=7, "sex=Female,age=30" or "age>40,work!=none"; an empty value is a missing one (may be repeated)',
  'cli.option.connectivity':
    'number, from 0, of the ordering and masks that the model stores and that are drawn with (default: {default})',

  /** How a file is laid out. */
  'cli.option.header': 'the first row of a table of text holds the names of the columns (default: found out)',
  'cli.option.no-header': 'it does not (default: found out)',
  'cli.option.skip': 'do not read so many lines at the top of a table of text (default: found out)',
  'cli.option.separator': 'what stands between fields: comma, semicolon, tab, bar, blank or none (default: found out)',
  'cli.option.decimal': 'the decimal mark of numbers: point or comma (default: found out)',
  'cli.option.dates': 'what comes first in dates such as 3/4/2021: day-first or month-first (default: found out)',
  'cli.option.encoding': 'the encoding of text, such as utf-8, cp949, shift_jis or windows-1252 (default: found out)',
  'cli.option.missing-marks':
    'what else stands for a missing value, separated by commas, such as -999,none; an empty field, ?, NA, NaN and the like always do (default: none else)',
  'cli.option.comment':
    'what remarks begin with: lines that have not as many fields as a row and begin with one of these are left out; "" for none (default: #%|)',
  'cli.option.sheet':
    'the sheet of a workbook, or the table of a file of several, by name or number from 1 (default: the first)',
  'cli.option.transpose': 'the rows of the file are the columns of the table (default: found out)',
  'cli.option.no-transpose': 'they are not (default: found out)',

  /** What becomes of columns. */
  'cli.option.label': 'the column that is kept apart as the label (default: one called label, class, target, y)',
  'cli.option.no-label': 'no column is (default: as above)',
  'cli.option.learn-label':
    'learn the label too: it comes first in every ordering, so that samples of a class can be drawn and classes told (default: it is kept apart)',
  'cli.option.omit':
    'leave these columns out: names separated by commas, "…" around one that has commas (default: those that tell rows apart, or nothing)',
  'cli.option.categorical':
    'read these columns by their values, as categories (default: words, and whole numbers of few values)',
  'cli.option.numeric':
    'read these columns as numbers by their size; what is no number is missing (default: the others)',
  'cli.option.bins':
    'into how many bins of about as many rows each a number is cut: for all, for some by name, or both, such as 8,age=20 (default: 8)',
  'cli.option.as-bits':
    'make a bit of each value, as in the data of the paper, and of a number one bit, above the median (default: each column is one variable, which has one value)',
  'cli.option.bits':
    'the same, and how many bits a number becomes: for all, for some by name, or both, such as 2,age=4 (default: 1, above the median)',
  'cli.option.missing':
    'what becomes of rows that lack a value: drop (left out), category (the lack counts as one), common (the commonest value is taken), model (left out and filled in later) or observed (learnt from by what they have, which takes --orderings -1) (default: category)',
  'cli.option.missing.evaluate':
    'what becomes of rows that lack a value: drop leaves them out (default: as the model was trained)',
} as const
