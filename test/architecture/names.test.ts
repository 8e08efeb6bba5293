import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'

/** Names that say nothing about what is inside. */
const EMPTY_NAME = /(^|[-_.])(utils?|helpers?|managers?|misc|common)([-_.]|$)|[a-z](Utils?|Helpers?|Manager)\b/

test('no file or folder has a name that says nothing', () => {
  const places = ['src', 'scripts', 'test', 'bin'].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  expect(places.filter((place) => EMPTY_NAME.test(place.split(/[\\/]/).at(-1) ?? ''))).toEqual([])
})
