/**
 * `npm run compare:readers`: reads real files of many kinds, found in packages of Debian, with MADE Studio and with pandas,
 * SciPy and scikit-learn, and holds what both find against each other, column by column. It needs R, Python and Weka's
 * examples (`PACKAGES` below); what it makes is in .cache/compare-readers.
 */
import './setup/node-version.mjs'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { compareFiles } from './compare-readers/compare.mjs'
import { runQuietly } from './setup/command.mjs'
import { ensureCompareReadersBuild } from './setup/compare-readers-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject } from './setup/project.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'

const PACKAGES =
  'r-base-core r-recommended r-cran-ggplot2 r-cran-cardata r-cran-dslabs r-cran-palmerpenguins r-cran-hsaur3 r-cran-vcd r-cran-mlbench r-cran-jsonlite r-cran-openxlsx r-cran-rsqlite python3-pandas python3-scipy python3-sklearn python3-statsmodels python3-vega-datasets python3-openpyxl python3-odf weka'
const PYTHON = '/usr/bin/python3'
const FOLDER = inProject('.cache', 'compare-readers')
const FILES = inProject('.cache', 'compare-readers', 'files')
const HERE = inProject('scripts', 'compare-readers')
/** So many differences without a reason are printed. */
const MOST_TOLD = 200

/**
 * The output of a program, line by line.
 * @param {string} program @param {readonly string[]} args
 */
async function linesOf(program, args) {
  const { ok, output } = await runQuietly(program, [...args])
  if (ok) return output.split('\n').filter((line) => line !== '')
  say(output.slice(-2000))
  throw new SetupFailure(`${program} ${args[0]} failed.`, `It needs these packages of Debian: ${PACKAGES}.`)
}

/** @param {readonly string[]} lines @returns {Map<string, import('./compare-readers/compare.mjs').FileFacts>} */
function byFile(lines) {
  const facts = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  return new Map(facts.map((fact) => [`${fact.kind}/${fact.file}`, fact]))
}

await runScript(async () => {
  await ensureNodeModules()
  const program = await ensureCompareReadersBuild()
  if (!existsSync(FILES)) {
    mkdirSync(FILES, { recursive: true })
    try {
      say('Collecting files …')
      await linesOf('Rscript', [`${HERE}/collect.R`, FILES])
      await linesOf(PYTHON, [`${HERE}/collect.py`, FILES])
    } catch (error) {
      rmSync(FOLDER, { recursive: true, force: true })
      throw error
    }
  }
  say('Reading them …')
  const theirs = byFile(await linesOf(PYTHON, [`${HERE}/reference.py`, FILES]))
  const ours = byFile(await linesOf(process.execPath, ['--enable-source-maps', program, FILES]))
  const results = [...ours].map(([key, facts]) => {
    const other = theirs.get(key)
    if (!other) throw new SetupFailure(`Nothing was found of ${key}.`, 'Look at scripts/compare-readers/reference.py.')
    return { kind: facts.kind, ...compareFiles(facts, other) }
  })
  const kinds = [...new Set(results.map(({ kind }) => kind))]
  console.log(`${'kind'.padEnd(22)}files  columns  the same  explained  not explained`)
  for (const kind of [...kinds, null]) {
    const found = results.filter((result) => kind === null || result.kind === kind)
    const columns = found.reduce((sum, result) => sum + result.columns, 0)
    const all = found.flatMap(({ differences }) => differences)
    const explained = all.filter(({ why }) => why !== null).length
    const numbers = [
      found.length,
      columns,
      columns - all.filter(({ column }) => column !== '').length,
      explained,
      all.length - explained,
    ]
    const widths = [5, 9, 10, 11, 15]
    console.log(
      `${(kind ?? 'all').padEnd(22)}${numbers.map((number, i) => String(number).padStart(widths[i])).join('')}`,
    )
  }
  const differences = results.flatMap((result) => result.differences)
  const reasons = new Map()
  for (const { why } of differences) if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  console.log('\nExplained:')
  for (const [why, count] of reasons) console.log(`${String(count).padStart(5)}  ${why}`)
  const open = differences.filter(({ why }) => why === null)
  if (open.length === 0) return
  console.log('\nNot explained:')
  for (const { kind, file, what, column, ours: mine, theirs: other } of open.slice(0, MOST_TOLD))
    console.log(
      `${kind}/${file} ${what} ${column}\n    ours   ${JSON.stringify(mine)}\n    theirs ${JSON.stringify(other)}`,
    )
  writeFileSync(inProject('.cache', 'compare-readers', 'differences.json'), JSON.stringify(open, null, 1))
  process.exitCode = 1
})
