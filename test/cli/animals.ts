import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A small table of words and numbers, of which the kind is told by the rest. @returns the path of the file */
export async function writeAnimals(place: string): Promise<string> {
  const kinds = ['cat', 'dog', 'bird']
  const colours = ['grey', 'brown', 'blue', 'white']
  const lines = Array.from({ length: 600 }, (_, i) => {
    const kind = (i * i + (i >> 3)) % 3
    const size = 10 * (kind + 1) + ((i * 37) % 41) / 10
    return [colours[i % 5 === 0 ? 3 : kind], kinds[kind], size.toFixed(1), (i >> 2) & 1].join(',')
  })
  const path = join(place, 'animals.csv')
  await writeFile(path, `${['colour,kind,size,smokes', ...lines].join('\n')}\n`)
  return path
}
