import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { dropOn } from './drive'
import type { LaunchedStudio } from './launch'

/**
 * Trains a small run on a synthetic set, so that there is something in every view.
 * @param set sets what is different about it, in the view Model
 */
export async function trainSmall(page: Page, set?: () => Promise<void>): Promise<void> {
  const get = (id: string): ReturnType<Page['getByTestId']> => page.getByTestId(id)
  await get('split-train').filter({ hasText: '50,000' }).waitFor()
  await get('other-data').click()
  await get('open-bars-and-stripes').click()
  await get('nll-entropy').filter({ hasText: /\d/ }).waitFor()
  await get('rail-model').click()
  await get('preset-quick').click()
  await get('field-hidden-0').fill('20')
  await get('field-name').fill('Small')
  if (!(await get('field-epochs').isVisible())) await get('advanced').click()
  await get('field-epochs').fill('2')
  await set?.()
  await get('primary-action').click()
  await get('status-state').filter({ hasText: 'Finished “Small”' }).waitFor()
}

/** Who earns much is older, and who works for the state never does; the other columns are chance, so many that not all can be enumerated. */
const PEOPLE = Array.from({ length: 1500 }, (_, i) => {
  const age = 18 + ((i * 7) % 60)
  const work = ['Private', 'State', 'Own'][(i * 5) % 3]
  const income = age > 45 && work !== 'State' ? 'high' : 'low'
  const chance = [3, 7, 11, 13, 17, 19].map((step) => `v${(i * i * step + (i >> 3)) % 5}`)
  return [String(age), work, ['Female', 'Male'][(i >> 2) % 2], income, ...chance].join(',')
})

/** Trains a small run on a table of people, which it writes to `path`. */
export async function trainPeople(studio: LaunchedStudio, path: string): Promise<void> {
  const get = (id: string): ReturnType<Page['getByTestId']> => studio.page.getByTestId(id)
  await writeFile(path, ['age,work,sex,income,home,school,trade,region,habit,wish', ...PEOPLE].join('\n'))
  await get('rail-data').click()
  await dropOn(studio, path)
  await get('split-train').filter({ hasText: '1,200' }).waitFor()
  await get('rail-model').click()
  await get('preset-quick').click()
  await get('field-hidden-0').fill('40')
  await get('field-name').fill('People')
  if (!(await get('field-epochs').isVisible())) await get('advanced').click()
  await get('field-epochs').fill('12')
  await get('primary-action').click()
  await get('status-state').filter({ hasText: 'Finished “People”' }).waitFor()
}
