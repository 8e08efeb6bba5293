import { homedir } from 'node:os'
import { join, posix, win32 } from 'node:path'

/**
 * Where the add-on pack of TensorFlow is unpacked: beside the person's settings, as Electron places those. The application
 * and its command line find it there alike.
 */
export function addOnFolder(
  environment: NodeJS.ProcessEnv = process.env,
  system: string = process.platform,
  home: string = homedir(),
): string {
  const given = environment['MADE_STUDIO_HOME']
  if (given) return join(given, 'add-ons', 'tensorflow')
  switch (system) {
    case 'win32':
      return win32.join(
        environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'),
        'MADE Studio',
        'add-ons',
        'tensorflow',
      )
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'MADE Studio', 'add-ons', 'tensorflow')
    default: {
      const config = environment['XDG_CONFIG_HOME'] || posix.join(home, '.config')
      return posix.join(config, 'MADE Studio', 'add-ons', 'tensorflow')
    }
  }
}
