import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const WINE = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'].find((path) => existsSync(path))

export const hasWine = WINE !== undefined && process.arch === 'x64'

/** Windows as Wine plays it, with a home and a registry of its own. */
export interface Wine {
  /** The folder that is C:. */
  readonly drive: string
  /** Runs a program of Windows to its end. */
  run(
    program: string,
    args: readonly string[],
    more?: NodeJS.ProcessEnv,
  ): { readonly status: number | null; readonly said: string }
  /** A value of the registry; null if there is none. */
  value(key: string, name: string): string | null
  end(): void
}

/** A path of Linux as Windows sees it. */
export function inWindows(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`
}

/** Starts a Windows of its own, which is gone when it is ended. */
export function startWine(): Wine {
  const folder = mkdtempSync(join(tmpdir(), 'made-wine-'))
  const prefix = join(folder, 'wine')
  const env = {
    ...process.env,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    ELECTRON_RUN_AS_NODE: undefined,
    NODE_OPTIONS: undefined,
  }
  const run: Wine['run'] = (program, args, more = {}) => {
    // Wine leaves a pipe open as long as anything of it runs.
    const output = join(folder, 'output')
    const file = openSync(output, 'w')
    const { status } = spawnSync(WINE ?? 'wine', [program, ...args], {
      env: { ...env, ...more },
      stdio: ['ignore', file, file],
      timeout: 300_000,
    })
    closeSync(file)
    return { status, said: readFileSync(output, 'utf8').replaceAll('\r', '') }
  }
  run('wineboot', ['-i'])
  run('winecfg', ['-v', 'win10'])
  return {
    drive: join(prefix, 'drive_c'),
    run,
    value: (key, name) => {
      const { said } = run('reg', ['query', key, ...(name === '' ? ['/ve'] : ['/v', name])])
      return /REG_(?:EXPAND_)?SZ\s+(.*)$/m.exec(said)?.[1].trim() ?? null
    },
    end: () => {
      spawnSync('wineserver', ['-k'], { env })
      spawnSync('/usr/lib/wine/wineserver64', ['-k'], { env })
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
    },
  }
}
