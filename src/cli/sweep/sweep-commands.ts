import { Option, type Command } from 'commander'
import { t } from '../words'
import { sweepPrepareCommand, type SweepPrepareOptions } from './sweep-prepare-command'
import { sweepRunCommand, type SweepRunOptions } from './sweep-run-command'
import { sweepCollectCommand, sweepStatusCommand, sweepTodoCommand, type SweepCollectOptions, type SweepTodoOptions } from './sweep-look-commands' // prettier-ignore

/** What other commands have, too. */
export interface SharedOptions {
  readonly json: (command: Command) => Command
  /** Begins the work: a signal asks it to end from now on. */
  readonly begin: () => AbortSignal
}

const TIME = '1:00:00'

/** Adds `made sweep` and its commands. */
export function addSweepCommands(made: Command, { json, begin }: SharedOptions): void {
  const sweep = made.command('sweep').description(t('cli.command.sweep'))
  const kernels = (command: Command, threads: string, builds: string): Command =>
    command.option('--threads <n>', threads).option('--kernels <build>', builds)
  const rung = (command: Command): Command => command.option('--rung <n>', t('cli.option.rung'))
  const onFolder = (name: string, description: string): Command =>
    sweep.command(name).description(description).argument('<folder>', t('cli.argument.sweep'))
  json(
    kernels(
      sweep
        .command('prepare')
        .description(t('cli.command.sweep.prepare'))
        .argument('<file>', t('cli.argument.sweep-file'))
        .requiredOption('--out <folder>', t('cli.option.out.sweep'))
        .option('--pack <n>', t('cli.option.pack')),
      t('cli.option.threads.sweep'),
      t('cli.option.kernels.sweep'),
    )
      .addOption(new Option('--time <t>', t('cli.option.time', { default: TIME })).default(TIME))
      .option('--keep-all', t('cli.option.keep-all')),
  ).action((file: string, options: SweepPrepareOptions) => sweepPrepareCommand(file, options, begin()))
  kernels(
    rung(onFolder('run', t('cli.command.sweep.run')).argument('<n>', t('cli.argument.task'))).option(
      '--leave-out',
      t('cli.option.leave-out'),
    ),
    t('cli.option.threads.prepared'),
    t('cli.option.kernels.prepared'),
  ).action((folder: string, task: string, options: SweepRunOptions) => sweepRunCommand(folder, task, options, begin()))
  rung(onFolder('todo', t('cli.command.sweep.todo')))
    .option('--from <n>', t('cli.option.from'))
    .option('--count <n>', t('cli.option.count.tasks'))
    .action((folder: string, options: SweepTodoOptions) => sweepTodoCommand(folder, options))
  json(onFolder('status', t('cli.command.sweep.status'))).action((folder: string, options: { readonly json?: true }) =>
    sweepStatusCommand(folder, options),
  )
  onFolder('collect', t('cli.command.sweep.collect'))
    .option('--json', t('cli.option.json.collect'))
    .option('--out <file>', t('cli.option.out.collect'))
    .action((folder: string, options: SweepCollectOptions) => sweepCollectCommand(folder, options))
}
