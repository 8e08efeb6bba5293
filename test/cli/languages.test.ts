import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { drawChart } from '../../src/report/chart-picture'
import { lossChart } from '../../src/report/run-charts'
import { inEnglish, reader, speakAsAsked, t } from '../../src/cli/words'
import { SHELLS } from '../../src/cli/shell/completion'
import { ACTIVATIONS } from '../../src/made/spec'
import type { RunHistory } from '../../src/shared/run'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere, runMadeIn, startMade, type Finished } from './made-command'

const DATA = 'synthetic:bars-and-stripes,size=3,train=60,valid=20,test=20'
const COMMANDS = [
  [],
  ['engines'],
  ['train'],
  ['resume'],
  ['evaluate'],
  ['sample'],
  ['fill'],
  ['data'],
  ['data', 'inspect'],
  ['data', 'convert'],
  ['completion'],
  ['manual'],
] as const

function inKorean(...args: string[]): Promise<Finished> {
  return runMadeIn({ LANG: 'ko_KR.UTF-8' }, ...args)
}

/** Names, commands that are typed, and values of options: what is no Korean in any language. */
const NAMES =
  /MADE\(Masked Autoencoder for Distribution Estimation\)|made( (data|inspect|convert|resume|<[^>]+>))*|--[\w-]+/g

/** Two English words beside each other. */
const ENGLISH = /[A-Za-z]{2,}[.:;]? [A-Za-z]{2,}/

/** Lines in which English is left. */
function englishIn(text: string): string[] {
  // Help is wrapped: what stands on two lines is one sentence.
  return text
    .replace(/\n {8,}/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^ {2}\S+( \S+)*? {2,}/, '').replace(NAMES, ''))
    .filter((line) => ENGLISH.test(line))
}

describe('help', () => {
  it.each(COMMANDS.map((command) => [command.join(' '), command] as const))(
    'is Korean throughout where the system is: made %s',
    async (_, command) => {
      const { status, stdout, stderr } = await inKorean(...command, '--help')
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^사용법: made/)
      expect(englishIn(stdout)).toEqual([])
      // Every command and option is told of in Hangul.
      const entries = stdout.replace(/\n {8,}/g, ' ').match(/^ {2}\S.* {2,}.*$/gm) ?? []
      expect(entries.length).toBeGreaterThan(1)
      for (const entry of entries) expect(entry).toMatch(/[가-힣]/)
    },
  )

  it('finds English where there is some', async () => {
    const { stdout } = await runMadeHere('train', '--help')
    expect(englishIn(stdout).length).toBeGreaterThan(30)
  })

  it('is laid out by what is seen: a syllable takes two columns', async () => {
    const { stdout } = await inKorean('engines', '--help')
    const width = (text: string): number =>
      Array.from(text).reduce((sum, sign) => sum + (/[가-힣]/.test(sign) ? 2 : 1), 0)
    const starts = [...stdout.matchAll(/^( {2}-.*? {2,})\S/gm)].map(([, before]) => width(before))
    expect(starts).toHaveLength(3)
    expect(new Set(starts).size).toBe(1)
    for (const line of stdout.split('\n')) expect(width(line)).toBeLessThanOrEqual(80)
  })

  it('is what the program of a shell would print', async () => {
    const { stdout } = await startMade('train', '--help', '--lang', 'ko').finished
    expect(stdout).toMatch(/^사용법: made train \[옵션\]\n/)
  })
})

describe('the language', () => {
  it('is that of --lang, else of LC_ALL, LC_MESSAGES, LANG', async () => {
    const opening = async (environment: Parameters<typeof runMadeIn>[0], ...args: string[]): Promise<string> =>
      (await runMadeIn(environment, 'engines', '--help', ...args)).stdout.split(' ')[0]
    const korean = 'ko_KR.UTF-8'
    expect(await opening({})).toBe('Usage:')
    expect(await opening({ LANG: korean })).toBe('사용법:')
    expect(await opening({ LANG: 'fr_FR.UTF-8' })).toBe('Usage:')
    expect(await opening({ LC_MESSAGES: korean, LANG: 'en_GB.UTF-8' })).toBe('사용법:')
    expect(await opening({ LC_ALL: 'C.UTF-8', LC_MESSAGES: korean, LANG: korean })).toBe('Usage:')
    expect(await opening({ LC_ALL: '', LANG: korean })).toBe('사용법:')
    expect(await opening({ LANG: korean }, '--lang', 'en')).toBe('Usage:')
    expect(await opening({ LANG: korean }, '--lang=en')).toBe('Usage:')
    expect(await opening({}, '--lang', 'en', '--lang', 'ko')).toBe('사용법:')
  })

  it('is an option of the program too, before the command', async () => {
    expect((await runMadeHere('--lang', 'ko', 'data', 'inspect', '--help')).stdout).toMatch(/^사용법:/)
  })

  it.each(['fr', 'ko-KR', ''])('is refused where it is none: %j', async (language) => {
    expect(await runMadeHere('engines', '--lang', language)).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `made: The value of --lang is "${language}"; it must be one of en, ko.\n      See "made --help" or "made <command> --help".\n`,
    })
  })

  it('of one piece of work can be English while another is spoken', () => {
    speakAsAsked(['--lang', 'ko'], {})
    expect([t('cli.title.usage'), inEnglish(() => t('cli.title.usage')), t('cli.title.usage')]).toEqual([
      '사용법:',
      'Usage:',
      '사용법:',
    ])
    speakAsAsked([], {})
  })

  it.each(SHELLS)('of what %s is given is English, and so is the manual page', async (shell) => {
    for (const command of [['completion', shell], ['manual']]) {
      const { stdout } = await inKorean(...command)
      expect(stdout).toBe((await runMadeHere(...command)).stdout)
      expect(stdout).toMatch(/\blang\b/)
      expect(stdout).not.toMatch(/[가-힣]/)
    }
  })
})

describe('what is refused', () => {
  it.each<[string[], RegExp]>([
    [['trian'], /^made: “trian”이라는 명령은 없습니다\. 혹시 train인가요\?$/],
    [['train', '--out', 'x', '--labl', 'x'], /^made: “--labl”이라는 옵션은 없습니다\. 혹시 --label인가요\?$/],
    [['engines', '--xyzzy'], /^made: “--xyzzy”라는 옵션은 없습니다\.$/],
    [['resume'], /^made: 꼭 필요한 인수 “폴더”가 없습니다\.$/],
    [['fill', '--out', 'x.csv'], /^made: 꼭 필요한 인수 “기록 또는 모델”이 없습니다\.$/],
    [['resume', 'a', 'b'], /^made: 인수가 너무 많습니다\. 1개여야 하는데 2개입니다\.$/],
    [['train', '--out'], /^made: 옵션 “--out <폴더>”에 값이 없습니다\.$/],
    [['train', '--data', 'mnist'], /^made: 꼭 필요한 옵션 “--out <폴더>”가 없습니다\.$/],
    [
      ['completion', 'tcsh'],
      /^made: 셸의 값이 “tcsh”입니다\. 다음 가운데 하나여야 합니다: bash, zsh, fish, powershell\.$/,
    ],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--preset', 'quick', '--config', 'x'],
      /^made: 옵션 “--preset <id>”는 옵션 “--config <파일>”과 함께 쓸 수 없습니다\.$/,
    ],
    [['train', '--out', 'x'], /^made: 데이터가 주어지지 않았습니다\.$/],
    [
      ['train', '--data', 'mnist', '--out', 'x', '--activation', 'gelu'],
      new RegExp(`^made: --activation의 값은 다음 가운데 하나여야 합니다: ${ACTIVATIONS.join(', ')}\\.$`),
    ],
    [['train', '--data', 'mnist', '--out', 'x', '--l2', '11'], /^made: --l2의 값은 10 이하여야 합니다\.$/],
    [['train', '--data', 'mnist', '--out', 'x', '--hidden', ''], /^made: --hidden의 값 “”는 수가 아닙니다\.$/],
  ])('is told in Korean, as one sentence and a hint: %j', async (args, sentence) => {
    const { status, stdout, stderr } = await inKorean(...args)
    expect([status, stdout]).toEqual([2, ''])
    const [said, hint, ...rest] = stderr.split('\n')
    expect(said).toMatch(sentence)
    expect(hint).toMatch(/^ {6}[^ ].*[가-힣]/)
    expect(englishIn(hint)).toEqual([])
    expect(rest).toEqual([''])
  })

  it('in Korean is what is refused in English, one by one', async () => {
    const both = async (...args: string[]): Promise<string[]> =>
      [await runMadeHere(...args), await inKorean(...args)].map(({ stderr }) => stderr.split('\n')[0])
    expect(await both('resume', 'a', 'b', 'c')).toEqual([
      'made: Too many arguments. Expected 1 argument but got 3.',
      'made: 인수가 너무 많습니다. 1개여야 하는데 3개입니다.',
    ])
    expect(await both('train', '--out')).toEqual([
      'made: The option "--out <folder>" has no value.',
      'made: 옵션 “--out <폴더>”에 값이 없습니다.',
    ])
    expect(await both('completion', 'tcsh')).toEqual([
      'made: The value of shell is "tcsh"; it must be one of bash, zsh, fish, powershell.',
      'made: 셸의 값이 “tcsh”입니다. 다음 가운데 하나여야 합니다: bash, zsh, fish, powershell.',
    ])
  })
})

describe('what is printed', () => {
  it('for scripts is the same in every language, and for people in theirs', async () => {
    const place = await temporaryFolder()
    const train = (name: string): string[] => ['train', '--data', DATA, '--out', join(place, name), '--hidden', '8', '--epochs', '2', '--engine', 'cpu'] // prettier-ignore
    const english = await runMadeHere(...train('run'), '--json')
    await mkdir(join(place, 'other'))
    const korean = await inKorean(...train('other/run'), '--json')
    const settled = (text: string): string => text.replaceAll(join(place, 'other'), place)
    expect([korean.status, korean.stderr, settled(korean.stdout)]).toEqual([0, '', english.stdout])

    const run = join(place, 'run')
    for (const command of [
      ['engines', '--json'],
      ['resume', run, '--json'],
      ['evaluate', '--model', run, '--data', DATA, '--json'],
      ['data', 'inspect', DATA, '--json'],
      ['data', 'convert', DATA, '--out', join(place, 'x.npz'), '--json'],
    ]) {
      const here = await runMadeHere(...command)
      expect([here.status, here.stderr]).toEqual([0, ''])
      expect(await inKorean(...command)).toEqual(here)
    }

    const told = await inKorean('resume', run)
    expect(told.stdout).toMatch(
      /^이 학습은 끝났습니다\. 더 오래 학습하려면: made resume \S+ --epochs <2보다 큰 수>\n학습 {8}2에포크 \(cpu: /,
    )
    expect(told.stdout).toMatch(/^최고 에포크 \d, 검증 손실 \d+\.\d{4} nat$/m)
    const inspected = await inKorean('data', 'inspect', DATA)
    expect(inspected.stdout).toMatch(/^변환 결과 9비트, 행 수는 학습 60, 검증 20, 시험 20, 1의 비율은 \d+\.\d\d%$/m)
    expect((await inKorean('evaluate', '--model', run, '--data', DATA)).stdout).toMatch(
      /^\d+\.\d{4} ± \d+\.\d{4} nat \(시험 데이터 20행의 평균 음의 로그 가능도, 연결 1개, cpu\)\n$/,
    )
    const out = join(place, 'x.npy')
    expect((await inKorean('sample', '--model', run, '--count', '3', '--out', out)).stdout).toBe(
      `표본 3개를 ${out}에 저장했습니다\n`,
    )
  })

  it('of what JSON a table is the same in every language', async () => {
    const path = join(await temporaryFolder(), '사람.csv')
    await writeFile(
      path,
      `이름,나이\n${Array.from({ length: 60 }, (_, i) => `${i % 2 === 0 ? '가' : '나'},${i % 7}`).join('\n')}\n`,
    )
    const here = await runMadeHere('data', 'inspect', path, '--json')
    expect(here.status).toBe(0)
    expect(await inKorean('data', 'inspect', path, '--json')).toEqual(here)
  })
})

describe('the loss chart', () => {
  const history = (): RunHistory =>
    ({
      losses: [
        { update: 1, loss: 3 },
        { update: 2, loss: 2 },
      ],
      epochs: [{ epoch: 1, validNll: 2.5, isBest: true }],
      minibatchesPerEpoch: 2,
    }) as unknown as RunHistory

  /** A chart whose axis begins with that name, as pixels. */
  function chart(name: string): Uint8Array {
    return Uint8Array.from(decode(drawChart(lossChart(history(), name, null, reader))).data)
  }

  it('draws names in Hangul as they are, each its own, and not as boxes', () => {
    speakAsAsked([], {})
    // Each of these would be the same box in a face that lacks them.
    const pictures = ['뷁', '힣', '가'].map(chart)
    for (const [i, picture] of pictures.entries())
      for (const other of pictures.slice(i + 1)) expect(Buffer.compare(picture, other)).not.toBe(0)
  })

  it('is Korean for a reader of Korean', () => {
    speakAsAsked(['--lang', 'ko'], {})
    const korean = chart('x')
    speakAsAsked([], {})
    expect(Buffer.compare(korean, chart('x'))).not.toBe(0)
  })
})

it('README says how the language is chosen', async () => {
  expect(await readFile(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')).toContain('--lang en|ko')
})
