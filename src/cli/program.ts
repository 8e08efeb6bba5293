import { Argument, CommanderError, Option, type Command } from 'commander'
import { version } from '../../package.json'
import { failureOf } from '../base/failure'
import { ENGINE_CHOICES } from '../made/engines'
import { INITIALISATIONS, OUTPUT_BIASES } from '../made/initialisation'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS } from '../made/optimizer'
import { ACTIVATIONS } from '../made/spec'
import { TEMPERATURE } from '../made/temperature'
import { LEARNING_RATE_SCHEDULES } from '../made/step-schedule'
import { CPU_BUILDS } from '../engine/processor-use'
import { PRESETS } from '../shared/presets'
import { DEFAULT_RUN_CONFIG } from '../shared/run-config'
import { LANGUAGE_IDS } from '../words/languages'
import { say, type MessageKey, type Sentence } from '../words/say'
import type { AskCommandOptions } from './ask-command'
import type { CompleteOptions } from './complete-command'
import type { ConvertOptions, DataOptions } from './data-command'
import { Interrupted, interruptions } from './interruption'
import type { EvaluateOptions } from './evaluate-command'
import type { FillOptions } from './fill-command'
import { withColumnOptions, withLayoutOptions } from './reading-options'
import type { TrainOptions } from './run-options'
import type { ParcelOptions } from './parcel-command'
import type { ReportOptions } from './report-command'
import type { SampleOptions } from './sample-command'
import type { ScoreOptions } from './score-command'
import { commandTree } from './shell/command-tree'
import { completionFor, SHELLS, type Shell } from './shell/completion'
import { manualPage } from './shell/manual'
import { refusalText, SpokenCommand, SpokenHelp, usageErrorOf } from './spoken-command'
import { addSweepCommands } from './sweep/sweep-commands'
import type { ResumeOptions } from './train-command'
import { Unfinished } from './unfinished'
import type { VerifyOptions } from './verify-command'
import { oneOf, UsageError } from './usage'
import { inEnglish, speakAsAsked, t } from './words'

/** What computes, the last of them apart. */
const ENGINE_NAMES = { engines: ENGINE_CHOICES.slice(0, -1).join(', '), last: String(ENGINE_CHOICES.at(-1)) }

/** Each exit status and what it means. */
const STATUSES = [
  ['0', 'cli.status.done'],
  ['1', 'cli.status.failed'],
  ['2', 'cli.status.called-wrongly'],
  ['75', 'cli.status.saved'],
  ['128+', 'cli.status.interrupted'],
] as const satisfies readonly (readonly [string, MessageKey])[]

/**
 * The command `made`: the work of MADE Studio without a window.
 * @param argv as `process.argv`
 * @returns the exit status
 */
export async function run(argv: readonly string[]): Promise<number> {
  speakAsAsked(argv.slice(2), process.env)
  try {
    // An installed Electron that plays Node.js would be taken for one that is given no script.
    await program().parseAsync(argv, { from: 'node' })
    return 0
  } catch (error) {
    // What was asked for was said: help, or the version.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    // Without a command, help stands on standard error.
    if (error instanceof CommanderError && error.code === 'commander.help') return 2
    const { message, hint, status } = endingOf(error)
    console.error(refusalText(message, hint))
    return status
  }
}

interface Ending {
  readonly message: Sentence
  readonly hint: Sentence
  readonly status: number
}

function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) return endingOf(usageErrorOf(error))
  if (error instanceof UsageError) return { message: error.says, hint: error.hint, status: 2 }
  if (error instanceof Unfinished) return { message: error.says, hint: error.hint, status: error.status }
  if (error instanceof Interrupted) return interruptedEnding(error)
  const failure = failureOf(error, 'options')
  // What was cancelled, was cancelled by the signal.
  const { reason } = interruptions
  return failure.code === 'cancelled' && reason !== null
    ? interruptedEnding(reason)
    : { message: failure.message, hint: failure.hint, status: 1 }
}

function interruptedEnding({ signal, hint, status }: Interrupted): Ending {
  return { message: say('cli.interrupted', { signal }), hint: hint ?? say('cli.interrupted.hint'), status }
}

/** Begins the work of a command: a signal asks it to end from now on. */
function begin(): AbortSignal {
  return interruptions.begin(() => `made: ${t('cli.interrupted.leaving')}`)
}

function program(): Command {
  const made = new SpokenCommand('made')
    .description(t('cli.command.made'))
    .exitOverride()
    // What is wrong is said when it is caught.
    .configureOutput({ outputError: () => undefined })
    .helpOption('-h, --help', t('cli.option.help'))
    .helpCommand('help [command]', t('cli.command.help'))
    .version(version, '--version', t('cli.option.version'))
    .addHelpText('after', statusText)
  const threads = (command: Command): Command =>
    command
      .option('--threads <n>', t('cli.option.threads'))
      .option('--kernels <build>', t('cli.option.kernels', { builds: CPU_BUILDS.join(', ') }))
  const { least, most, own } = TEMPERATURE
  const seed = (command: Command): Command =>
    command.addOption(new Option('--seed <s>', t('cli.option.seed', { default: '1' })).default('1'))
  /** Which rows are scored by which model. */
  const evaluated = (command: Command): Command =>
    withLayoutOptions(
      command
        .requiredOption('--model <file>', t('cli.option.model'))
        .requiredOption('--data <source>', t('cli.option.data.evaluate')),
    )
      .option('--size <w>x<h>', t('cli.option.size.evaluate'))
      .option('--missing <way>', t('cli.option.missing.evaluate'))
      .option('--split <part>', t('cli.option.split'))
  const json = (command: Command): Command => command.option('--json', t('cli.option.json'))

  json(made.command('engines').description(t('cli.command.engines'))).action(
    async (options: { readonly json?: true }) => (await import('./engines-command')).enginesCommand(options),
  )
  trainOptions(made.command('train').description(t('cli.command.train'))).action(async (options: TrainOptions) =>
    (await import('./train-command')).trainCommand(options, begin()),
  )
  json(
    threads(
      made
        .command('resume')
        .description(t('cli.command.resume'))
        .argument('<folder>', t('cli.argument.run'))
        .option('--epochs <n>', t('cli.option.epochs.resume'))
        .option('--until-epoch <n>', t('cli.option.until-epoch'))
        .option('--engine <id>', t('cli.option.engine.resume', ENGINE_NAMES)),
    ),
  ).action(async (path: string, options: ResumeOptions) =>
    (await import('./train-command')).resumeCommand(path, options, begin()),
  )
  addSweepCommands(made, { json, begin })
  json(
    threads(
      evaluated(made.command('evaluate').description(t('cli.command.evaluate'))).addOption(
        new Option('--engine <id>', t('cli.option.engine.evaluate', { ...ENGINE_NAMES, engine: 'auto' })).default(
          'auto',
        ),
      ),
    ),
  ).action(async (options: EvaluateOptions) => (await import('./evaluate-command')).evaluateCommand(options, begin()))
  threads(
    seed(
      made
        .command('sample')
        .description(t('cli.command.sample'))
        .requiredOption('--model <file>', t('cli.option.model'))
        .requiredOption('--count <n>', t('cli.option.count'))
        .addOption(new Option('--connectivity <i>', t('cli.option.connectivity', { default: '0' })).default('0')),
    )
      .option('--given <values>', t('cli.option.given'), collected)
      .addOption(
        new Option('--temperature <t>', t('cli.option.temperature', { least, most, default: String(own) })).default(
          String(own),
        ),
      )
      .option('--size <w>x<h>', t('cli.option.size.sample'))
      .requiredOption('--out <file>', t('cli.option.out.sample')),
  ).action(async (options: SampleOptions) => (await import('./sample-command')).sampleCommand(options, begin()))
  const given = (command: Command): Command => command.option('--given <values>', t('cli.option.given'), collected)
  json(
    threads(
      seed(
        given(
          made.command('ask').description(t('cli.command.ask')).requiredOption('--model <file>', t('cli.option.model')),
        )
          .option('--of <variable>', t('cli.option.of'))
          .option('--particles <n>', t('cli.option.particles'))
          .addOption(new Option('--seconds <s>', t('cli.option.seconds', { default: '10' })).default('10')),
      ),
    ),
  ).action(async (options: AskCommandOptions) => (await import('./ask-command')).askCommand(options, begin()))
  threads(
    seed(
      given(
        made
          .command('complete')
          .description(t('cli.command.complete'))
          .requiredOption('--model <file>', t('cli.option.model')),
      )
        .addOption(new Option('--count <n>', t('cli.option.count.complete', { default: '16' })).default('16'))
        .option('--likeliest', t('cli.option.likeliest'))
        .addOption(new Option('--seconds <s>', t('cli.option.seconds', { default: '10' })).default('10'))
        .option('--size <w>x<h>', t('cli.option.size.sample'))
        .requiredOption('--out <file>', t('cli.option.out.sample')),
    ),
  ).action(async (options: CompleteOptions) => (await import('./complete-command')).completeCommand(options, begin()))
  threads(
    evaluated(made.command('score').description(t('cli.command.score')))
      .option('--by-variable', t('cli.option.by-variable'))
      .option('--shard <i>/<n>', t('cli.option.shard'))
      .option('--all-connectivities', t('cli.option.all-connectivities'))
      .requiredOption('--out <file>', t('cli.option.out.score')),
  ).action(async (options: ScoreOptions) => (await import('./score-command')).scoreCommand(options, begin()))
  json(
    threads(
      seed(
        withLayoutOptions(
          made
            .command('fill')
            .description(t('cli.command.fill'))
            .argument('<run-or-model>', t('cli.argument.run-or-model'))
            .option('--data <file>', t('cli.option.data.fill')),
        )
          .addOption(new Option('--likeliest', t('cli.option.likeliest.fill')).conflicts(['draw', 'times']))
          .option('--draw', t('cli.option.draw'))
          .option('--times <k>', t('cli.option.times'))
          .requiredOption('--out <file>', t('cli.option.out.fill')),
      ),
    ),
  ).action(async (place: string, options: FillOptions) =>
    (await import('./fill-command')).fillCommand(place, options, begin()),
  )
  made
    .command('report')
    .description(t('cli.command.report'))
    .requiredOption('--run <folder>', t('cli.option.run.report'), collected)
    .requiredOption('--out <file>', t('cli.option.out.report'))
    .action(async (options: ReportOptions) => (await import('./report-command')).reportCommand(options))
  threads(
    made
      .command('parcel')
      .description(t('cli.command.parcel'))
      .argument('<folder>', t('cli.argument.run'))
      .option('--data <file>', t('cli.option.data.moved'))
      .requiredOption('--out <file>', t('cli.option.out.parcel')),
  ).action(async (path: string, options: ParcelOptions) =>
    (await import('./parcel-command')).parcelCommand(path, options, begin()),
  )
  json(
    made
      .command('verify')
      .description(t('cli.command.verify'))
      .argument('<folder>', t('cli.argument.run'))
      .option('--data <file>', t('cli.option.data.moved'))
      .option('--threads <n>', t('cli.option.threads')),
  ).action(async (path: string, options: VerifyOptions) =>
    (await import('./verify-command')).verifyCommand(path, options, begin()),
  )
  const data = made.command('data').description(t('cli.command.data'))
  json(
    withColumnOptions(
      data
        .command('inspect')
        .description(t('cli.command.inspect'))
        .argument('<file>', t('cli.option.data'))
        .option('--size <w>x<h>', t('cli.option.size')),
    ),
  ).action(async (path: string, options: DataOptions) =>
    (await import('./data-command')).inspectCommand(path, options, begin()),
  )
  json(
    withColumnOptions(
      data
        .command('convert')
        .description(t('cli.command.convert'))
        .argument('<file>', t('cli.option.data'))
        .requiredOption('--out <file>', t('cli.option.out.convert'))
        .option('--size <w>x<h>', t('cli.option.size')),
    ),
  ).action(async (path: string, options: ConvertOptions) =>
    (await import('./data-command')).convertCommand(path, options, begin()),
  )
  const shells = SHELLS.map((shell) => JSON.stringify(shell)).join(', ')
  made
    .command('completion')
    .description(t('cli.command.completion'))
    .addArgument(new Argument('<shell>', t('cli.argument.shell', { shells })).choices(SHELLS))
    // What shells and man are given is English: it is made once for everyone.
    .action((shell: Shell) => inEnglish(() => void process.stdout.write(completionFor(shell, commandTree(program())))))
  made
    .command('manual')
    .description(t('cli.command.manual'))
    .action(() => inEnglish(() => void process.stdout.write(manual())))
  speakWhereAsked(made)
  return made
}

/** The values of an option that may be given several times. */
function collected(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}

function manual(): string {
  const made = program()
  const status = STATUSES.map(([number, key]): [string, string] => [number, t(key)])
  return manualPage(commandTree(made), { version, summary: made.description(), status })
}

/** What `made --help` says at its end. */
function statusText({ error }: { readonly error: boolean }): string {
  const help = new SpokenHelp()
  help.prepareContext({ error, helpWidth: (error ? process.stderr : process.stdout).columns })
  const lines = STATUSES.map(([status, key]) => help.formatItem(status, '128+'.length, t(key), help))
  return ['', t('cli.title.status'), ...lines, ''].join('\n')
}

/** Adds `--lang`, which was listened to before, to a command and all below it. */
function speakWhereAsked(command: Command): void {
  const languages = LANGUAGE_IDS.join(', ')
  command.addOption(
    new Option('--lang <language>', t('cli.option.lang', { languages })).argParser((text) =>
      oneOf('--lang', text, LANGUAGE_IDS),
    ),
  )
  for (const below of command.commands) speakWhereAsked(below)
}

function trainOptions(command: Command): Command {
  const {
    hidden,
    orderings,
    singleOrdering,
    masks,
    activation,
    initialisation,
    outputBiases,
    optimizer,
    learningRateSchedule,
    l2,
    batchSize,
    epochs,
    lookAhead,
    averagedEpochs,
    seed,
    engine,
  } = DEFAULT_RUN_CONFIG
  const rates = OPTIMIZER_KINDS.map((kind) => DEFAULT_OPTIMIZERS[kind])
  const usual = (key: 'learningRate' | 'epsilon'): string =>
    rates
      .filter((one) => key in one)
      .map((one) => t('cli.option.for-optimizer', { value: String(Reflect.get(one, key)), optimizer: one.kind }))
      .join(', ')
  const presets = PRESETS.map(({ id }) => id).join(', ')
  return withColumnOptions(
    command.option('--data <source>', t('cli.option.data')).option('--size <w>x<h>', t('cli.option.size')),
  )
    .requiredOption('--out <folder>', t('cli.option.out.train'))
    .addOption(new Option('--preset <id>', t('cli.option.preset', { presets })).conflicts('config'))
    .option('--config <file>', t('cli.option.config'))
    .option('--hidden <units>', t('cli.option.hidden', { default: hidden.join(',') }))
    .option('--orderings <n>', t('cli.option.orderings', { default: String(orderings) }))
    .option('--ordering <which>', t('cli.option.ordering', { default: singleOrdering }))
    .option('--masks <n>', t('cli.option.masks', { default: String(masks) }))
    .option(
      '--activation <name>',
      t('cli.option.activation', { activations: ACTIVATIONS.join(', '), default: activation }),
    )
    .option('--direct', t('cli.option.direct'))
    .option('--conditioning', t('cli.option.conditioning'))
    .option(
      '--initialisation <name>',
      t('cli.option.initialisation', { initialisations: INITIALISATIONS.join(', '), default: initialisation }),
    )
    .option(
      '--output-biases <way>',
      t('cli.option.output-biases', { ways: OUTPUT_BIASES.join(', '), default: outputBiases }),
    )
    .option(
      '--optimizer <name>',
      t('cli.option.optimizer', { optimizers: OPTIMIZER_KINDS.join(', '), default: optimizer.kind }),
    )
    .option('--learning-rate <x>', t('cli.option.learning-rate', { defaults: usual('learningRate') }))
    .option(
      '--learning-rate-schedule <name>',
      t('cli.option.learning-rate-schedule', {
        schedules: LEARNING_RATE_SCHEDULES.join(', '),
        default: learningRateSchedule,
      }),
    )
    .option('--epsilon <x>', t('cli.option.epsilon', { defaults: usual('epsilon') }))
    .option('--l2 <x>', t('cli.option.l2', { default: String(l2) }))
    .option('--batch <n>', t('cli.option.batch', { default: String(batchSize) }))
    .option('--epochs <n>', t('cli.option.epochs', { default: String(epochs) }))
    .option('--until-epoch <n>', t('cli.option.until-epoch'))
    .option('--look-ahead <n>', t('cli.option.look-ahead', { default: String(lookAhead) }))
    .option('--average-epochs <n>', t('cli.option.average-epochs', { default: String(averagedEpochs) }))
    .option('--seed <n>', t('cli.option.seed', { default: String(seed) }))
    .option('--engine <id>', t('cli.option.engine.train', { ...ENGINE_NAMES, engine }))
    .option('--threads <n>', t('cli.option.threads'))
    .option('--kernels <build>', t('cli.option.kernels', { builds: CPU_BUILDS.join(', ') }))
    .option('--json', t('cli.option.json'))
}
