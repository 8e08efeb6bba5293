import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runInput } from './run-input'
import { keptFinds } from './running/corpus'
import { TARGETS } from './targets/all'

const place = mkdtempSync(join(tmpdir(), 'made-fuzz-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const finds = TARGETS.flatMap((target) => keptFinds(target.name).map(([name, input]) => ({ target, name, input })))

it.each(finds)('what was found once is right: $target.name, $name', async ({ target, input }) => {
  const verdict = await runInput(target, input, () => {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place)
    return place
  })
  expect(verdict.kind === 'find' ? verdict.find : null).toBeNull()
})
