import { csvLine } from '../data/table-text'
import { replaceFile } from '../files/durable-file'
import type { WrittenAnswer } from '../shared/questions'

/** Writes an answer to a file. @throws StudioError 'disk-full' or 'not-writable' */
export function writeAnswer(answer: WrittenAnswer, path: string): Promise<void> {
  switch (answer.kind) {
    case 'csv':
      return replaceFile(path, [new TextEncoder().encode(answer.rows.map((row) => csvLine(row)).join(''))])
    case 'png':
      return replaceFile(path, [answer.image])
    case 'svg':
      return replaceFile(path, [new TextEncoder().encode(answer.drawing)])
  }
}
