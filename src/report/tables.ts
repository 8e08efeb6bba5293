import { csvLine } from '../data/table-text'
import { markup, type Markup } from './markup'

/** A table of a report, in words. */
export interface ReportTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Columns of numbers, by number from 0, which are set to the right. */
  readonly numbers: readonly number[]
}

/** As CSV (RFC 4180, UTF-8, a header). */
export function csvOf({ head, rows }: ReportTable): string {
  return [head, ...rows].map((row) => csvLine(row)).join('')
}

/** As a table of GitHub's Markdown. */
export function markdownOf({ head, rows, numbers }: ReportTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = line(head.map((_, i) => (numbers.includes(i) ? '---:' : '---')))
  return [line(head.map(inMarkdown)), rule, ...rows.map((row) => line(row.map(inMarkdown)))].join('')
}

/** What Markdown, or the HTML in it, would make something else of. */
const MARKS = /[\\`*_[\]<>|~&$^]/g

function inMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(MARKS, '\\$&')
}

/** As a LaTeX table of the package booktabs; texts other than Latin take XeLaTeX or LuaLaTeX. */
export function latexOf({ title, head, rows, numbers }: ReportTable): string {
  const line = (cells: readonly string[]): string => `${cells.map(inLatex).join(' & ')} \\\\\n`
  const columns = head.map((_, i) => (numbers.includes(i) ? 'r' : 'l')).join('')
  return [
    '\\begin{table}\n\\centering\n',
    `\\caption{${inLatex(title)}}\n`,
    `\\begin{tabular}{${columns}}\n\\toprule\n`,
    line(head),
    '\\midrule\n',
    ...rows.map(line),
    '\\bottomrule\n\\end{tabular}\n\\end{table}\n',
  ].join('')
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '[': '{[}',
  ']': '{]}',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
}

function inLatex(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\{}$&#%_~^<>|"[\]−±×]/g, (mark) => LATEX[mark] ?? `\\${mark}`)
}

/** As a part of the page. */
export function htmlOf({ title, head, rows, numbers }: ReportTable): Markup {
  const kind = (i: number): string => (numbers.includes(i) ? 'number' : 'words')
  const cells = (row: readonly string[]): Markup[] =>
    row.map((cell, i) =>
      i === 0 ? markup`<th scope="row" class="${kind(i)}">${cell}</th>` : markup`<td class="${kind(i)}">${cell}</td>`,
    )
  const shape = head.length > 2 ? '' : numbers.length > 0 ? 'narrow' : 'pairs'
  return markup`<div class="scroller"><table class="${shape}" aria-label="${title}"><thead><tr>${head.map((cell, i) => markup`<th scope="col" class="${kind(i)}">${cell}</th>`)}</tr></thead><tbody>${rows.map((row) => markup`<tr>${cells(row)}</tr>`)}</tbody></table></div>`
}
