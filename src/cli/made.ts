import { Command, CommanderError, Option } from 'commander'
import { failureOf } from '../made/failure'
import { convertCommand, inspectCommand } from './data-command'
import { enginesCommand } from './engines-command'
import { evaluateCommand, type EvaluateOptions } from './evaluate-command'
import { fillCommand, type FillOptions } from './fill-command'
import type { TrainOptions } from './run-options'
import { sampleCommand, type SampleOptions } from './sample-command'
import { resumeCommand, trainCommand } from './train-command'
import { UsageError } from './usage'

/** What names data. */
const DATA_WORDS = 'mnist, synthetic:…, or a file or folder of any format that is read'
const SIZE_WORDS = 'make pictures fit this size, such as 28x28'
const MISSING_WORDS = 'what becomes of rows that lack a value: drop, category, common, or model (filled in later)'

/** The command `made`: the work of MADE Studio without a window. Exit status 0, 1 for a failure, 2 for wrong usage. */
async function main(): Promise<number> {
  try {
    await program().parseAsync()
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const { message, hint } = error instanceof UsageError ? error : failureOf(error)
    console.error(`made: ${message}\n      ${hint}`)
    return error instanceof UsageError ? 2 : 1
  }
}

function program(): Command {
  const made = new Command('made')
    .description('Train, evaluate and sample MADE, the Masked Autoencoder for Distribution Estimation.')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`made: ${sentenceOf(text)}\n      See "made --help" or "made <command> --help".\n`),
    })
  made
    .command('engines')
    .description('list the engines, and why one is not available')
    .option('--json', 'print JSON')
    .action(enginesCommand)
  trainOptions(made.command('train').description('train a model')).action((options: TrainOptions) => trainCommand(options))
  made
    .command('resume')
    .description('go on with a run from its last checkpoint')
    .argument('<folder>', 'the folder of the run')
    .option('--engine <id>', 'go on on this engine: auto, cpu, webgpu or tensorflow')
    .option('--json', 'print JSON')
    .action(resumeCommand)
  made
    .command('evaluate')
    .description('print the mean negative log-likelihood of data under a model, in nats')
    .requiredOption('--model <file>', 'a model file (.safetensors)')
    .requiredOption('--data <source>', DATA_WORDS)
    .option('--split <part>', 'train, valid or test', 'test')
    .option('--engine <id>', 'auto, cpu, webgpu or tensorflow', 'auto')
    .option('--json', 'print JSON')
    .action((options: EvaluateOptions) => evaluateCommand(options))
  made
    .command('sample')
    .description('draw samples from a model')
    .requiredOption('--model <file>', 'a model file (.safetensors)')
    .requiredOption('--count <n>', 'how many')
    .option('--connectivity <i>', 'number of the ordering and masks to draw with', '0')
    .option('--seed <s>', 'seed', '1')
    .requiredOption('--out <file>', 'a .png or .npy file')
    .action((options: SampleOptions) => sampleCommand(options))
  made
    .command('fill')
    .description('fill in the missing values of a table by a model that was trained on its other rows')
    .argument('<run or model>', 'the folder of a run, or a model file (.safetensors)')
    .option('--data <file>', 'fill in this file, which has the same columns; without it the data of the run')
    .requiredOption('--out <file>', 'a .csv file')
    .option('--seed <s>', 'seed', '1')
    .option('--json', 'print JSON')
    .action((place: string, options: FillOptions) => fillCommand(place, options))
  dataCommands(made.command('data').description('look at data, or convert them'))
  return made
}

function dataCommands(data: Command): void {
  data
    .command('inspect')
    .description('say what a file or folder holds, and what becomes of it')
    .argument('<file>', DATA_WORDS)
    .option('--size <w>x<h>', SIZE_WORDS)
    .option('--missing <way>', MISSING_WORDS)
    .option('--json', 'print JSON')
    .action(inspectCommand)
  data
    .command('convert')
    .description('write the bits that a model would see, with arrays train, valid and test')
    .argument('<file>', DATA_WORDS)
    .requiredOption('--out <file>', 'a .npz file')
    .option('--size <w>x<h>', SIZE_WORDS)
    .option('--missing <way>', MISSING_WORDS)
    .option('--json', 'print JSON')
    .action(convertCommand)
}

function trainOptions(command: Command): Command {
  return command
    .option('--data <source>', DATA_WORDS)
    .option('--size <w>x<h>', SIZE_WORDS)
    .option('--missing <way>', MISSING_WORDS)
    .requiredOption('--out <folder>', 'the folder of the run, made anew')
    .option('--hidden <units>', 'units of each hidden layer, such as 500,500')
    .option('--orderings <n>', '1 natural order; n random orderings; -1 a fresh one for every update')
    .option('--masks <n>', '1 set of masks; n sets; -1 a fresh one for every update')
    .option('--activation <name>', 'relu, softplus, sigmoid or tanh')
    .option('--direct', 'direct connections from inputs to outputs')
    .option('--conditioning', 'conditioning weights')
    .option('--optimizer <name>', 'adam, adagrad, adadelta or sgd')
    .option('--learning-rate <x>', 'learning rate')
    .option('--epsilon <x>', 'the small constant of the optimizer')
    .option('--batch <n>', 'rows per minibatch')
    .option('--epochs <n>', 'the most epochs')
    .option('--look-ahead <n>', 'epochs without a new best validation loss before stopping')
    .option('--seed <n>', 'seed of everything random')
    .option('--engine <id>', 'auto, cpu, webgpu or tensorflow')
    .option('--config <file>', 'settings from a JSON file, such as the run.json of a run')
    .addOption(new Option('--preset <id>', 'settings of a preset of the application').hideHelp())
    .option('--json', 'print JSON')
}

/** Commander's own words, as one sentence. */
function sentenceOf(text: string): string {
  const plain = text.trim().replace(/^error: /, '').replace(/\s+/g, ' ')
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${plain.endsWith('.') || plain.endsWith('?)') ? '' : '.'}`
}

// A reader that has seen enough, such as `head`, closes the pipe: that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})
process.exitCode = await main()
