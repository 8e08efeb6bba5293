import stringWidth from 'string-width'

/**
 * Lines of a name and what it stands for, those in a column of their own; lines without a text are left out.
 * @param width of the names, in columns of a terminal: a syllable of Hangul takes two
 */
export function inColumns(lines: readonly (readonly [name: string, text: string])[], width: number): string {
  return lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${padded(name, width)}${text.replaceAll('\n', `\n${' '.repeat(width)}`)}`)
    .join('\n')
}

function padded(name: string, width: number): string {
  return name + ' '.repeat(Math.max(0, width - stringWidth(name)))
}
