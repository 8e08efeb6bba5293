import type { TypedCommand } from './command-tree'
import { bashCompletion } from './bash'
import { fishCompletion } from './fish'
import { powershellCompletion } from './powershell'
import { zshCompletion } from './zsh'

/** Shells that can complete what is typed after "made". */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** The program by which a shell completes the command line. */
export function completionFor(shell: Shell, commands: readonly TypedCommand[]): string {
  switch (shell) {
    case 'bash':
      return bashCompletion(commands)
    case 'zsh':
      return zshCompletion(commands)
    case 'fish':
      return fishCompletion(commands)
    case 'powershell':
      return powershellCompletion(commands)
  }
}
