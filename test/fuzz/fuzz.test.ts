import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { longOr } from '../long'
import { generate } from './generate'
import { runInput, type Find } from './run-input'
import { TARGETS } from './targets/all'

/** The short form of `npm run fuzz`: a few thousand inputs, half of them in `npm test`, the same each time. */

const SEED = 20_260
/** For each thousandth that a target has of all inputs. */
const INPUTS_OF_A_SHARE = longOr(2, 1)
const LEAST_INPUTS = longOr(20, 10)

const place = mkdtempSync(join(tmpdir(), 'made-fuzz-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

it.each(TARGETS)(
  'mutated inputs are read or refused in words: $what',
  async (target) => {
    const corpus = await target.seeds()
    const finds: (Find & { readonly index: number })[] = []
    let done = 0
    for (let index = 0; index < corpus.length + Math.max(LEAST_INPUTS, INPUTS_OF_A_SHARE * target.share); index++) {
      const verdict = await runInput(target, generate(target, corpus, SEED, index), () => {
        rmSync(place, { recursive: true, force: true })
        mkdirSync(place)
        return place
      })
      if (verdict.kind === 'find') finds.push({ ...verdict.find, index })
      else if (verdict.outcome.kind === 'done') done++
    }
    expect(finds).toEqual([])
    // Inputs that are all refused at the door would find nothing behind it.
    expect(done).toBeGreaterThan(corpus.length / 4)
  },
  300_000,
)
