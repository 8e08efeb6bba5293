import { ESLint } from 'eslint'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'

/** A file of the project whose place a text takes, so that its types are known. */
const PLACE = join(import.meta.dirname, '..', '..', 'src', 'base', 'extremes.ts')

/** The lines of a text that the rule refuses. */
async function refusedLines(text: string): Promise<number[]> {
  // Of one run of a command, as in CI, the file would be what it is on the disk.
  vi.stubEnv('TSESTREE_SINGLE_RUN', 'false')
  const [result] = await new ESLint().lintText(text, { filePath: PLACE })
  return result.messages.filter(({ ruleId }) => ruleId === 'studio/spread').map(({ line }) => line)
}

it('a list may be spread into a call only where its length is known', { timeout: 300_000 }, async () => {
  const lines: readonly (readonly [isRefused: boolean, line: string])[] = [
    [false, 'declare const list: number[], pair: readonly [number, number], some: readonly [number, ...number[]]'],
    [false, 'declare const bytes: Uint8Array, either: [] | [number]'],
    [true, 'list.push(...list)'],
    [true, 'list.unshift(1, ...bytes)'],
    [true, 'Math.max(...list, 0)'],
    [true, 'Math.min(...some)'],
    [true, 'String.fromCharCode(...bytes)'],
    [true, 'Math.max.apply(null, list)'],
    [true, 'list.splice(0, 1, ...list.map((item) => item + 1))'],
    [true, 'new Array(...list)'],
    [false, 'Math.max(...pair); Math.max(...either); Math.max.apply(null, [1, 2] as [number, number])'],
    [false, 'export const longer = [...list, ...bytes], known = new Map([...list].map((item) => [item, item]))'],
    [false, 'export const passOn = (...numbers: number[]): number => Math.max(...numbers)'],
    [true, 'export const rest = ([, ...numbers]: number[]): number => Math.max(...numbers)'],
  ]
  const refused = lines.flatMap(([isRefused], i) => (isRefused ? [i + 1] : []))
  expect(await refusedLines(lines.map(([, line]) => line).join('\n'))).toEqual(refused)
})
