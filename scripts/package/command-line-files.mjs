import { gzipSync } from 'node:zlib'
import { lastLines, runQuietly } from '../setup/command.mjs'
import { inProject } from '../setup/project.mjs'
import { SetupFailure } from '../setup/talk.mjs'

/** Where systems look for what completes a command, and its manual page; the same folders lie beside the program. */
export const SHARED = {
  bash: 'share/bash-completion/completions/made',
  zsh: 'share/zsh/site-functions/_made',
  fish: 'share/fish/vendor_completions.d/made.fish',
  manual: 'share/man/man1/made.1.gz',
}

/**
 * What comes with the command line, as the command line itself tells it.
 * @param {string} platform as of Node.js
 * @returns {Promise<[name: string, content: string | Buffer][]>}
 */
export async function commandLineFiles(platform) {
  const powershell = await told(['completion', 'powershell'])
  if (platform === 'win32') return [['bin/made-completion.ps1', powershell.replaceAll('\n', '\r\n')]]
  return [
    [SHARED.bash, await told(['completion', 'bash'])],
    [SHARED.zsh, await told(['completion', 'zsh'])],
    [SHARED.fish, await told(['completion', 'fish'])],
    [SHARED.manual, gzipSync(await told(['manual']), { level: 9 })],
    ['share/powershell/made-completion.ps1', powershell],
  ]
}

/** @param {readonly string[]} words */
async function told(words) {
  const { ok, stdout, output } = await runQuietly(process.execPath, [inProject('out', 'cli', 'made.js'), ...words])
  if (ok) return stdout
  throw new SetupFailure(`"made ${words.join(' ')}" failed: ${lastLines(output, 3)}`, 'Run "npm run build" first.')
}
