import { Option, type Command } from 'commander'
import { t } from '../words'
import type { SweepPrepareOptions } from './sweep-prepare-command'
import type { SweepRunOptions } from './sweep-run-command'
import type { SweepCollectOptions, SweepTodoOptions } from './sweep-look-commands'

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
  ).action(async (file: string, options: SweepPrepareOptions) =>
    (await import('./sweep-prepare-command')).sweepPrepareCommand(file, options, begin()),
  )
  kernels(
    rung(onFolder('run', t('cli.command.sweep.run')).argument('<n>', t('cli.argument.task'))).option(
      '--leave-out',
      t('cli.option.leave-out'),
    ),
    t('cli.option.threads.prepared'),
    t('cli.option.kernels.prepared'),
  ).action(async (folder: string, task: string, options: SweepRunOptions) =>
    (await import('./sweep-run-command')).sweepRunCommand(folder, task, options, begin()),
  )
  rung(onFolder('todo', t('cli.command.sweep.todo')))
    .option('--from <n>', t('cli.option.from'))
    .option('--count <n>', t('cli.option.count.tasks'))
    .action(async (folder: string, options: SweepTodoOptions) =>
      (await import('./sweep-look-commands')).sweepTodoCommand(folder, options),
    )
  json(onFolder('status', t('cli.command.sweep.status'))).action(
    async (folder: string, options: { readonly json?: true }) =>
      (await import('./sweep-look-commands')).sweepStatusCommand(folder, options),
  )
  onFolder('collect', t('cli.command.sweep.collect'))
    .option('--json', t('cli.option.json.collect'))
    .option('--out <file>', t('cli.option.out.collect'))
    .action(async (folder: string, options: SweepCollectOptions) =>
      (await import('./sweep-look-commands')).sweepCollectCommand(folder, options),
    )
}
