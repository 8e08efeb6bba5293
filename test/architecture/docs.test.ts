import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'

const FOLDERS = ['src', 'test', 'native', 'scripts', 'bench', 'bin', 'docs', 'resources']
const PAGES = ['README.md', 'THIRD_PARTY.md', ...readdirSync(inProject('docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
)
/** Files of the project, from its root. */
const FILES = [
  ...readdirSync(inProject()).filter((name) => name.includes('.')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  ),
]
/** Sources with comments. */
const SOURCES = FILES.filter((name) =>
  /^(src|test|native|scripts|bench|bin)\/.*\.(ts|mjs|cjs|vue|h|cpp|py|css)$/.test(name),
)
const IN_A_FOLDER = new RegExp(`(?<![\\w./@-])(?:${FOLDERS.join('|')})/[\\w./-]*[\\w-]`, 'g')
const A_SOURCE = /^[\w./-]+\.(ts|mjs|cjs|vue|h|cpp|py)$/

function textOf(name: string): string {
  return readFileSync(inProject(name), 'utf8')
}

/** Whether a page or a comment may call something so: its path from the root, or the end of it. */
function isKnown(name: string): boolean {
  return existsSync(inProject(name)) || FILES.some((file) => file.endsWith(`/${name.replace(/^\.?\//, '')}`))
}

/** Headings of a page, as they are written. */
function headings(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title)
}

/** What is written in the comments of a file. */
function comments(text: string): string {
  const blocks = [...text.matchAll(/\/\*[\s\S]*?\*\//g)].map(([block]) => block.replaceAll(/\n\s*\*/g, ''))
  const lines = [...text.matchAll(/(?:^|\s)(?:\/\/|# )(.*(?:\n\s*(?:\/\/|# ).*)*)/gm)].map(([, block]) =>
    block.replaceAll(/\n\s*(?:\/\/|#)/g, ''),
  )
  return [...blocks, ...lines].join('\n')
}

describe('the pages', () => {
  test.each(PAGES)('%s names only files and folders that exist', (page) => {
    const text = textOf(page)
    const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name).filter((name) => A_SOURCE.test(name))
    const paths = [...text.matchAll(IN_A_FOLDER)].map(([path]) => path)
    expect([...quoted, ...paths].filter((name) => !isKnown(name))).toEqual([])
  })

  test.each(PAGES)('%s links only to what exists', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, address]) => address)
    const local = links.filter((address) => !/^[a-z]+:/.test(address))
    expect(local.filter((address) => !existsSync(join(dirname(inProject(page)), address)))).toEqual([])
  })

  test('of docs/ are each reached from the README or from another', () => {
    const linked = PAGES.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?:docs\/)?([\w-]+\.md)/g)].map(([, to]) => to),
    )
    expect(PAGES.filter((page) => page.startsWith('docs/') && !linked.includes(page.slice('docs/'.length)))).toEqual([])
  })
})

describe('comments', () => {
  const named = SOURCES.flatMap((source) => {
    const text = comments(textOf(source))
    return [...text.matchAll(/(?<![\w./@:-])[\w-]+(?:\/[\w.-]+)*\.(?:ts|mjs|cjs|vue|h|cpp|py|md)(?![\w-])/g)].map(
      ([name]) => ({ source, name }),
    )
  })

  test('name only files that exist', () => {
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ name }) => !isKnown(name))).toEqual([])
  })

  test('name only sections that a page has', () => {
    const sections = SOURCES.flatMap((source) =>
      [...comments(textOf(source)).matchAll(/(docs\/[\w-]+\.md), ([A-Z][\w ]*\w)/g)].map(([, page, section]) => ({
        source,
        page,
        section,
      })),
    )
    expect(sections.length).toBeGreaterThan(5)
    expect(sections.filter(({ page, section }) => !headings(page).includes(section))).toEqual([])
  })

  test('refer to no design that is not in the project', () => {
    expect(SOURCES.filter((source) => /\bDESIGN\b|design (page|document)/.test(comments(textOf(source))))).toEqual([])
  })
})
