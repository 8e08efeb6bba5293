import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ImportGraph, type Import } from '../../scripts/lint/imports.mjs'
import { inProject } from '../../scripts/setup/project.mjs'

/** The imports that a file cannot start without: those that calls make later are left out. */
class AtStart extends ImportGraph {
  override importsOf(file: string): readonly Import[] {
    return super.importsOf(file).filter(({ isLater }) => !isLater)
  }
}

const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: Record<string, string> }
const programs = Object.values(scripts).flatMap((line) => /^node (\S+\.mjs)$/.exec(line)?.[1] ?? [])

/** The way from a program to a package that it needs to start, or null if Node.js alone will do. */
function wayToPackage(program: string): string[] | null {
  const way = new AtStart().wayTo(
    inProject(program),
    ({ address, file }) => file === null && !address.startsWith('node:'),
  )
  return way && [...way.files.map((file) => file.slice(inProject().length)), way.end.address]
}

describe('where nothing is installed yet', () => {
  test('the commands are looked at', () => {
    expect(programs).toEqual(expect.arrayContaining(['scripts/start.mjs', 'scripts/test.mjs', 'bin/made.mjs']))
    expect(wayToPackage('scripts/lint/imports.mjs')).toEqual([expect.stringContaining('imports.mjs'), 'typescript'])
  })

  test.each(programs)('%s can start, and install what it needs', (program) => {
    expect(wayToPackage(program)).toBeNull()
  })
})
