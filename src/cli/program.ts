import { Argument, Command, CommanderError, Option } from 'commander'
import { version } from '../../package.json'
import { failureOf } from '../base/failure'
import { ENGINE_CHOICES } from '../made/engines'
import { INITIALISATIONS } from '../made/initialisation'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS } from '../made/optimizer'
import { ACTIVATIONS } from '../made/spec'
import { CPU_BUILDS } from '../engine/processor-use'
import { PRESETS } from '../shared/presets'
import { DEFAULT_RUN_CONFIG } from '../shared/run-config'
import { convertCommand, inspectCommand, type ConvertOptions, type DataOptions } from './data-command'
import { enginesCommand } from './engines-command'
import { Interrupted, interruptions } from './interruption'
import { evaluateCommand, type EvaluateOptions } from './evaluate-command'
import { fillCommand, type FillOptions } from './fill-command'
import { withColumnOptions, withLayoutOptions } from './reading-options'
import type { TrainOptions } from './run-options'
import { sampleCommand, type SampleOptions } from './sample-command'
import { commandTree } from './shell/command-tree'
import { completionFor, SHELLS, type Shell } from './shell/completion'
import { manualPage } from './shell/manual'
import { resumeCommand, SavedForLater, trainCommand, type ResumeOptions } from './train-command'
import { UsageError } from './usage'

/** What names data. */
const DATA_WORDS =
  'mnist; synthetic: and a kind, such as synthetic:ising-strip,width=6; or a file or folder of any format that is read'
const MODEL_WORDS = 'a model file (.safetensors), or the folder of a run, whose best model is meant'
const SIZE_WORDS = 'make pictures fit this width and height, in pixels (default: their own, or 28x28 where they differ)'
const ENGINE_WORDS = `what computes: ${ENGINE_CHOICES.slice(0, -1).join(', ')} or ${ENGINE_CHOICES.at(-1)}`
const THREADS_WORDS =
  'how many threads of the processor compute (default: one for each core that this process may use, control groups considered)'
const KERNELS_WORDS = `the build of the engine cpu: ${CPU_BUILDS.join(', ')}; results of two differ in the last digits (default: the fastest that works here)`
const UNTIL_WORDS = 'save and leave after that epoch, without a test; "made resume" goes on as if nothing had been'
const JSON_WORDS = 'print one line of JSON instead of words'
const SEED_WORDS = 'number that all chance comes from'

/** Each exit status and what it means. */
const STATUSES: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'failed; a sentence and a hint are on standard error'],
  ['2', 'called wrongly'],
  ['75', 'interrupted and saved: "made resume" goes on from there (EX_TEMPFAIL, by which schedulers know it)'],
  [
    '128+',
    'interrupted before there was anything new to save: 128 and the number of the signal, 130 after Ctrl+C, 143 after SIGTERM',
  ],
]

/** What `made --help` says at its end. */
const STATUS_WORDS = `
Exit status:
${STATUSES.map(([status, meaning]) => `  ${status.padEnd(5)}${meaning.replace(/ SIGTERM$/, '\n       SIGTERM')}`).join('\n')}
`

/**
 * The command `made`: the work of MADE Studio without a window.
 * @param argv as `process.argv`
 * @returns the exit status
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    // An installed Electron that plays Node.js would be taken for one that is given no script.
    await program().parseAsync(argv, { from: 'node' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const { message, hint, status } = endingOf(error)
    console.error(`made: ${message}\n      ${hint}`)
    return status
  }
}

interface Ending {
  readonly message: string
  readonly hint: string
  readonly status: number
}

function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { message: error.message, hint: error.hint, status: 2 }
  if (error instanceof Interrupted || error instanceof SavedForLater) return error
  const failure = failureOf(error, 'options')
  // What was cancelled, was cancelled by the signal.
  const { reason } = interruptions
  return failure.code === 'cancelled' && reason !== null
    ? reason
    : { message: failure.message.english, hint: failure.hint.english, status: 1 }
}

function program(): Command {
  const made = new Command('made')
    .description('Train, evaluate and sample MADE, the Masked Autoencoder for Distribution Estimation.')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(`made: ${sentenceOf(text)}\n      See "made --help" or "made <command> --help".\n`),
    })
  made.version(version, '--version', 'say which version it is')
  made.addHelpText('after', STATUS_WORDS)
  made
    .command('engines')
    .description('list the engines, and why one is not available')
    .option('--json', JSON_WORDS)
    .action(enginesCommand)
  trainOptions(made.command('train').description('train a model')).action((options: TrainOptions) =>
    trainCommand(options, interruptions.begin()),
  )
  made
    .command('resume')
    .description('go on with a run from its last checkpoint')
    .argument('<folder>', 'the folder of the run')
    .option('--epochs <n>', 'the most times in all that the training rows are gone through (default: as before)')
    .option('--until-epoch <n>', `${UNTIL_WORDS} (default: to the end)`)
    .option('--engine <id>', `${ENGINE_WORDS} (default: as before)`)
    .option('--threads <n>', THREADS_WORDS)
    .option('--kernels <build>', KERNELS_WORDS)
    .option('--json', JSON_WORDS)
    .action((path: string, options: ResumeOptions) => resumeCommand(path, options, interruptions.begin()))
  withLayoutOptions(
    made
      .command('evaluate')
      .description('print the mean negative log-likelihood of data under a model, in nats')
      .requiredOption('--model <file>', MODEL_WORDS)
      .requiredOption('--data <source>', `${DATA_WORDS}; prepared as the data were that the model was trained on`),
  )
    .option('--size <w>x<h>', `${SIZE_WORDS.split(' (default')[0]} (default: as the model was trained)`)
    .option(
      '--missing <way>',
      'what becomes of rows that lack a value: drop leaves them out (default: as the model was trained)',
    )
    .option(
      '--split <part>',
      'which rows: train, valid, test or all (default: test of the data that the model was trained on and of data that come in parts, all of others)',
    )
    .addOption(withDefault('--engine <id>', ENGINE_WORDS, 'auto'))
    .option('--threads <n>', THREADS_WORDS)
    .option('--kernels <build>', KERNELS_WORDS)
    .option('--json', JSON_WORDS)
    .action((options: EvaluateOptions) => evaluateCommand(options, interruptions.begin()))
  made
    .command('sample')
    .description('draw samples from a model')
    .requiredOption('--model <file>', MODEL_WORDS)
    .requiredOption('--count <n>', 'how many samples')
    .addOption(
      withDefault(
        '--connectivity <i>',
        'number, from 0, of the ordering and masks that the model stores and that are drawn with',
        '0',
      ),
    )
    .addOption(withDefault('--seed <s>', SEED_WORDS, '1'))
    .option('--size <w>x<h>', 'the shape in which a row is drawn on a sheet (default: as the model was trained)')
    .requiredOption(
      '--out <file>',
      'where to write them: zeros and ones (.npy), a table of the values that they stand for (.csv), or a sheet of pictures (.png), which holds fewer',
    )
    .option('--threads <n>', THREADS_WORDS)
    .option('--kernels <build>', KERNELS_WORDS)
    .action((options: SampleOptions) => sampleCommand(options, interruptions.begin()))
  withLayoutOptions(
    made
      .command('fill')
      .description('fill in the missing values of a table by a model that was trained on its other rows')
      .argument('<run or model>', 'the folder of a run, or a model file (.safetensors)')
      .option('--data <file>', 'fill in this file, which has the same columns by name (default: the data of the run)'),
  )
    .requiredOption('--out <file>', 'where to write the table, a .csv file')
    .addOption(withDefault('--seed <s>', SEED_WORDS, '1'))
    .option('--threads <n>', THREADS_WORDS)
    .option('--kernels <build>', KERNELS_WORDS)
    .option('--json', JSON_WORDS)
    .action((place: string, options: FillOptions) => fillCommand(place, options, interruptions.begin()))
  dataCommands(made.command('data').description('look at data, or convert them'))
  made
    .command('completion')
    .description('print the program by which a shell completes this command line')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => void process.stdout.write(completionFor(shell, commandTree(made))))
  made
    .command('manual')
    .description('print the manual page, for man')
    .action(
      () =>
        void process.stdout.write(
          manualPage(commandTree(made), { version, summary: made.description(), status: STATUSES }),
        ),
    )
  return made
}

function dataCommands(data: Command): void {
  withColumnOptions(
    data
      .command('inspect')
      .description('say what a file or folder holds, how it was understood, and what becomes of it')
      .argument('<file>', DATA_WORDS)
      .option('--size <w>x<h>', SIZE_WORDS),
  )
    .option('--json', JSON_WORDS)
    .action((path: string, options: DataOptions) => inspectCommand(path, options, interruptions.begin()))
  withColumnOptions(
    data
      .command('convert')
      .description('write the bits that a model would see, with arrays train, valid and test')
      .argument('<file>', DATA_WORDS)
      .requiredOption('--out <file>', 'where to write them, a .npz file')
      .option('--size <w>x<h>', SIZE_WORDS),
  )
    .option('--json', JSON_WORDS)
    .action((path: string, options: ConvertOptions) => convertCommand(path, options, interruptions.begin()))
}

function trainOptions(command: Command): Command {
  const {
    hidden,
    orderings,
    singleOrdering,
    masks,
    activation,
    initialisation,
    optimizer,
    l2,
    batchSize,
    epochs,
    lookAhead,
    seed,
    engine,
  } = DEFAULT_RUN_CONFIG
  const rates = OPTIMIZER_KINDS.map((kind) => DEFAULT_OPTIMIZERS[kind])
  const usual = (key: 'learningRate' | 'epsilon'): string =>
    rates.flatMap((one) => (key in one ? [`${String(Reflect.get(one, key))} for ${one.kind}`] : [])).join(', ')
  return withColumnOptions(command.option('--data <source>', DATA_WORDS).option('--size <w>x<h>', SIZE_WORDS))
    .requiredOption('--out <folder>', 'the folder of the run, made anew')
    .addOption(
      new Option(
        '--preset <id>',
        `start from settings of the application: ${PRESETS.map(({ id }) => id).join(', ')} (default: none)`,
      ).conflicts('config'),
    )
    .option('--config <file>', 'start from the settings of a JSON file, such as the run.json of a run')
    .option(
      '--hidden <units>',
      `units of each hidden layer, separated by commas, such as 500,500 (default: ${hidden.join(',')})`,
    )
    .option(
      '--orderings <n>',
      `number of orderings: 1 is that of --ordering, more are random, -1 is a fresh one for every update (default: ${orderings})`,
    )
    .option(
      '--ordering <which>',
      `the order of the inputs where there is one only: natural or random (default: ${singleOrdering})`,
    )
    .option('--masks <n>', `number of sets of masks; -1 is a fresh one for every update (default: ${masks})`)
    .option(
      '--activation <name>',
      `what hidden units do with their sum: ${ACTIVATIONS.join(', ')} (default: ${activation})`,
    )
    .option('--direct', 'add direct connections from inputs to outputs (default: none)')
    .option('--conditioning', 'add conditioning weights, so that the units know which masks are in use (default: none)')
    .option(
      '--initialisation <name>',
      `how the weights begin: ${INITIALISATIONS.join(', ')} (default: ${initialisation})`,
    )
    .option('--optimizer <name>', `how updates are made: ${OPTIMIZER_KINDS.join(', ')} (default: ${optimizer.kind})`)
    .option('--learning-rate <x>', `how far each update moves the weights (default: ${usual('learningRate')})`)
    .option('--epsilon <x>', `the small number that keeps steps finite (default: ${usual('epsilon')})`)
    .option('--l2 <x>', `how strongly weights are drawn to zero (default: ${l2})`)
    .option('--batch <n>', `rows of a minibatch (default: ${batchSize})`)
    .option('--epochs <n>', `the most times that all training rows are gone through (default: ${epochs})`)
    .option('--until-epoch <n>', `${UNTIL_WORDS} (default: to the end)`)
    .option('--look-ahead <n>', `stop after so many epochs without a better validation loss (default: ${lookAhead})`)
    .option('--seed <n>', `${SEED_WORDS} (default: ${seed})`)
    .option('--engine <id>', `${ENGINE_WORDS} (default: ${engine}, which times them on the model)`)
    .option('--threads <n>', THREADS_WORDS)
    .option('--kernels <build>', KERNELS_WORDS)
    .option('--json', JSON_WORDS)
}

/** An option whose default is told without quotation marks. */
function withDefault(flags: string, words: string, value: string): Option {
  return new Option(flags, words).default(value, value)
}

/** Commander's own words, as one sentence. */
function sentenceOf(text: string): string {
  const plain = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${plain.endsWith('.') || plain.endsWith('?)') ? '' : '.'}`
}
