import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escaped, markup } from '../../src/report/markup'
import { csvOf, htmlOf, latexOf, markdownOf, type ReportTable } from '../../src/report/tables'

const LETTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** What a browser makes of escaped text. */
function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => LETTERS[name])
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '|', '\\', '\n', '`', '$', '%', '_', '{', '}', '#', '^', '~', ',', 'a', ' ') }), // prettier-ignore
  fc.constantFrom('</style><script>alert(1)</script>', '" onload="x', '--> <img src=x>', '\\input{x}', 'a|b'),
)
const table: fc.Arbitrary<ReportTable> = fc
  .record({ columns: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 0, max: 4 }) })
  .chain(({ columns, rows }) => {
    const row = fc.array(hostile, { minLength: columns, maxLength: columns })
    return fc.record({
      title: hostile,
      head: row,
      rows: fc.array(row, { minLength: rows, maxLength: rows }),
      numbers: fc.subarray(Array.from({ length: columns }, (_, i) => i)),
    })
  })

describe('text that comes from elsewhere', () => {
  it('says the same escaped, and begins no tag and ends no attribute', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escaped(text)).not.toMatch(/[<>"']/)
        expect(unescaped(escaped(text))).toBe(text)
      }),
    )
  })

  it('has nothing in it that XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex -- they are what is looked for
        expect(escaped(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
        expect(() => encodeURIComponent(escaped(text))).not.toThrow()
      }),
    )
    expect(escaped('a\ud800b')).toBe('a\ufffdb')
  })

  it('is escaped where a template has it, and markup is not', () => {
    expect(markup`<p title="${'"'}">${'<'}${markup`<b>${'&'}</b>`}${null}</p>`.text).toBe(
      '<p title="&quot;">&lt;<b>&amp;</b></p>',
    )
  })
})

describe('a table', () => {
  it('says as CSV what it says', () => {
    fc.assert(
      fc.property(table, (one) => {
        expect(fieldsOf(csvOf(one))).toEqual([one.head, ...one.rows])
      }),
    )
  })

  it('has as Markdown a line for each row and a cell for each column', () => {
    fc.assert(
      fc.property(table, (one) => {
        const lines = markdownOf(one).split('\n')
        expect(lines).toHaveLength(one.rows.length + 3)
        for (const line of lines.slice(0, -1))
          expect(line.replace(/\\[^]/g, '').match(/\|/g)).toHaveLength(one.head.length + 1)
        // No text begins a tag or an entity.
        for (const line of lines) expect(line.replace(/\\[^]/g, '')).not.toMatch(/[<>&`$*_]/)
      }),
    )
  })

  it('has as LaTeX a cell for each column, and no command but its own', () => {
    const commands =
      /^(begin|end|centering|caption|toprule|midrule|bottomrule|textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textquotedbl|pm|times)$/
    fc.assert(
      fc.property(table, (one) => {
        const text = latexOf(one)
        for (const [, name] of text.matchAll(/\\([a-zA-Z]+)/g)) expect(name).toMatch(commands)
        const bare = text.replace(/\\\\/g, '').replace(/\\[^a-zA-Z]/g, '')
        expect(bare.match(/&/g) ?? []).toHaveLength((one.head.length - 1) * (one.rows.length + 1))
        expect(bare).not.toMatch(/[%#_^~]/)
        let depth = 0
        for (const letter of bare) {
          depth += letter === '{' ? 1 : letter === '}' ? -1 : 0
          expect(depth).toBeGreaterThanOrEqual(0)
        }
        expect(depth).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('has as HTML no tag but its own', () => {
    fc.assert(
      fc.property(table, (one) => {
        const tags = [...htmlOf(one).text.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name]) => name)
        for (const tag of tags) expect(['div', 'table', 'thead', 'tbody', 'tr', 'th', 'td']).toContain(tag)
        expect(tags.filter((tag) => tag === 'tr')).toHaveLength(2 * (one.rows.length + 1))
      }),
    )
  })
})

/** RFC 4180, read letter by letter. */
function fieldsOf(text: string): string[][] {
  const rows: string[][] = []
  let [row, field, isQuoted]: [string[], string, boolean] = [[], '', false]
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (isQuoted) {
      if (letter !== '"') field += letter
      else if (text[i + 1] === '"') field += text[++i]
      else isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === ',') [row, field] = [[...row, field], '']
    else if (letter === '\n') {
      rows.push([...row, field])
      ;[row, field] = [[], '']
    } else field += letter
  }
  return rows
}
