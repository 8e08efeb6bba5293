/** Prints what is new in this version, for the page of a release. */
import { runScript, SetupFailure } from '../setup/talk.mjs'
import { notesOf, PRODUCT } from './release.mjs'

await runScript(async () => {
  const found = notesOf(PRODUCT.version)
  if (found === null)
    throw new SetupFailure(`CHANGELOG.md says nothing of version ${PRODUCT.version}.`, 'Add what is new there.')
  console.log(found.notes.map((note) => `- ${note}`).join('\n'))
  console.log('\nThe hash of every file is in SHA256SUMS: `sha256sum --ignore-missing --check SHA256SUMS`.')
})
