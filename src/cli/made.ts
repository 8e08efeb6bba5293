import { interruptions } from './interruption'

// Signals are answered before anything else is loaded or read.
interruptions.listen()

// A reader that has seen enough, such as `head`, closes the pipe: that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  if (interruptions.reason === null) process.exit(1)
})
// Nobody hears what is said any more, as when a terminal was closed: a save goes on all the same.
process.stderr.on('error', () => undefined)

// Not awaited here: what is loaded uses this module.
void import('./program').then(async ({ run }) => {
  process.exitCode = await run(process.argv)
})
