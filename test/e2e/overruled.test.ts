import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import type { DataSummary } from '../../src/shared/contract'
import { request } from './application'
import { dropOn } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const execute = promisify(execFile)

/** A column of names, one of numbers, one of dates that may begin with the day or the month, one of classes, of codes, of halves. */
const ROWS = Array.from(
  { length: 60 },
  (_, i) =>
  [`p${i}`, 20 + (i % 40), `${1 + (i % 12)}/${1 + ((i * 7) % 12)}/${1980 + (i % 20)}`, 'abc'[i % 3], `00${i % 7}`, (i % 9) / 2].join(','), // prettier-ignore
)
const CSV = `${['name,age,born,kind,code,size', ...ROWS].join('\n')}\n`
/** Numbers with a point for thousands or a comma for decimals, as it is taken. */
const NUMBERS = `${['x;y', ...Array.from({ length: 40 }, (_, i) => `${i % 5}.${100 + (i % 7)};${i % 3}`)].join('\n')}\n`

/** Fields between semicolons, or between commas. */
const MIXED = `${['x,y;z', ...Array.from({ length: 40 }, (_, i) => `${i % 5},${i % 3};${i % 4}`)].join('\n')}\n`

/** What was made of a file, whoever made it. */
interface Made {
  readonly understood: string
  /** How it was read. */
  readonly readAs: unknown
  /** Of the binary rows that it became. */
  readonly hash: string
}

/** A way to overrule a guess: in the window, and by options. */
interface Overruling {
  readonly what: string
  readonly content: string
  readonly options: readonly string[]
  readonly act: (window: LaunchedStudio) => Promise<void>
}

/** Opens what a part of the paragraph says. */
const open = async ({ page }: LaunchedStudio, aspect: string): Promise<void> => {
  await page.getByTestId(`understood-${aspect}`).first().click()
  await page.getByTestId(`choice-${aspect}`).waitFor()
}
const press =
  (aspect: string, name: string): Overruling['act'] =>
  async (studio) => {
    await open(studio, aspect)
    await studio.page.getByTestId(`choice-${aspect}`).getByText(name, { exact: true }).click()
  }
const type =
  (aspect: string, field: string, text: string): Overruling['act'] =>
  async (studio) => {
    await open(studio, aspect)
    await studio.page.locator(field).fill(text)
    await studio.page.locator(field).press('Enter')
  }
const use =
  (column: number, value: string): Overruling['act'] =>
  async ({ page }) => {
    await page.getByTestId(`column-${column}`).selectOption(value)
  }

const OVERRULINGS: readonly Overruling[] = [
  { what: 'the separator', content: MIXED, options: ['--separator', 'semicolon'], act: press('separator', 'A semicolon') },
  { what: 'the decimal mark', content: NUMBERS, options: ['--decimal', 'comma'], act: press('separator', '3,14') },
  { what: 'that there are names', content: CSV, options: ['--no-header'], act: press('head', 'No names') },
  { what: 'what is above them', content: CSV, options: ['--skip', '4'], act: type('head', '[data-testid=reading-skip]', '4') },
  { what: 'what remarks begin with', content: `${CSV}~ a remark\n`, options: ['--comment', '~'], act: type('head', '#reading-comment', '~') },
  { what: 'the encoding', content: CSV.replaceAll('p', 'é'), options: ['--encoding', 'windows-1252'], act: async (studio) => {
    await open(studio, 'encoding')
    await studio.page.getByTestId('encoding-windows-1252').click()
  } },
  { what: 'marks of what is missing', content: CSV, options: ['--missing-marks', '21,22'], act: type('missing', '#reading-marks', '21, 22') },
  { what: 'that there is no label', content: CSV, options: ['--label', 'kind'], act: press('label', 'kind') },
  { what: 'that days come first', content: CSV, options: ['--dates', 'month-first'], act: press('columns', 'Month') },
  { what: 'that a column is left out', content: CSV, options: ['--categorical', 'name'], act: async (studio) => {
    await open(studio, 'columns')
    await studio.page.getByTestId('use-name').click()
  } },
  { what: 'that a column is used', content: CSV, options: ['--omit', 'age'], act: use(1, 'out') },
  { what: 'that a column is of numbers', content: CSV, options: ['--categorical', 'age'], act: use(1, 'categories') },
  { what: 'that a column is of words', content: CSV, options: ['--numeric', 'code'], act: use(4, 'numbers') },
  { what: 'that rows are rows', content: CSV, options: ['--transpose'], act: press('direction', 'On its side') },
] // prettier-ignore

describe('each guess about a file can be overruled in the window as by an option', () => {
  let folder: string
  let studio: LaunchedStudio
  let number = 0

  const inWindow = async (): Promise<Made> => {
    const reply = (await request(studio.page, 'data.current')) as { value: DataSummary }
    const understood = await studio.page.getByTestId('understood').innerText()
    return { understood, readAs: reply.value.table?.readAs, hash: reply.value.hash }
  }
  const byCommand = async (path: string, ...options: readonly string[]): Promise<Made> => {
    const { stdout } = await execute(process.execPath, [inProject('bin', 'made.mjs'), 'data', 'inspect', path, ...options, '--json', '--lang', 'en']) // prettier-ignore
    const { understood, readAs, prepared } = JSON.parse(stdout) as Omit<Made, 'hash'> & { prepared: { hash: string } } // prettier-ignore
    return { understood, readAs, hash: prepared.hash }
  }
  const settles = async (made: Made): Promise<void> => {
    await expect.poll(inWindow).toEqual(made)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-overruled-'))
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  })

  test.each(OVERRULINGS)('$what', async ({ content, options, act }) => {
    const path = join(folder, `${++number}.csv`)
    await writeFile(path, content)
    const [guessed, decided] = [await byCommand(path), await byCommand(path, ...options)]
    expect(decided).not.toEqual(guessed)
    await dropOn(studio, path)
    await settles(guessed)
    await act(studio)
    await settles(decided)
  })

  test('ended without complaints', () => {
    expect(studio.complaints).toEqual([])
  })
})
