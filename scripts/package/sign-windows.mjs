/**
 * Signs the installer of Windows in a folder with the certificate in WIN_CSC_LINK (a PKCS #12 file, in base64) and its
 * password in WIN_CSC_KEY_PASSWORD. Without them it stays unsigned, which is said: Windows then warns who runs it.
 */
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runScript, say } from '../setup/talk.mjs'
import { writeSums } from './papers.mjs'
import { PRODUCT } from './release.mjs'
import { runTool } from './tools.mjs'

await runScript(async () => {
  const [folder] = process.argv.slice(2)
  const { WIN_CSC_LINK: certificate, WIN_CSC_KEY_PASSWORD: password = '' } = process.env
  if (!certificate) {
    say('There is no certificate in WIN_CSC_LINK: the installer of Windows is not signed, and Windows warns of it.')
    return
  }
  const secret = mkdtempSync(join(tmpdir(), 'made-sign-'))
  try {
    const key = join(secret, 'certificate.p12')
    const pass = join(secret, 'password')
    writeFileSync(key, Buffer.from(certificate, 'base64'), { mode: 0o600 })
    writeFileSync(pass, password, { mode: 0o600 })
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.exe'))) {
      const [from, to] = [join(folder, name), join(secret, name)]
      const about = ['-n', PRODUCT.productName, '-i', PRODUCT.homepage]
      const time = ['-ts', 'http://timestamp.digicert.com']
      await runTool('osslsigncode', [
        'sign',
        '-pkcs12',
        key,
        '-readpass',
        pass,
        '-h',
        'sha256',
        ...about,
        ...time,
        '-in',
        from,
        '-out',
        to,
      ])
      rmSync(from)
      renameSync(to, from)
    }
    await writeSums(folder)
  } finally {
    rmSync(secret, { recursive: true, force: true })
  }
})
