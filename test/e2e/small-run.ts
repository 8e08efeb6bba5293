import type { Page } from 'playwright-core'

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
