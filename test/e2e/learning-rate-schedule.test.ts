import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchStudio, type LaunchedStudio } from './launch'
import { trainSmall } from './small-run'

/** Steps that shrink along a cosine, and weights averaged over epochs: chosen, trained with, told, and taken from a run again. */
describe('the learning-rate schedule, and weight averaging', () => {
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const schedule = (): Promise<string> => get('field-learning-rate-schedule').inputValue()

  beforeAll(async () => {
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
  })

  test('are off unless chosen, and can be undone', async () => {
    await get('split-train').filter({ hasText: '50,000' }).waitFor()
    await get('rail-model').click()
    await get('advanced').click()
    expect(await schedule()).toBe('constant')
    await get('field-learning-rate-schedule').selectOption('cosine')
    await studio.screenshot('learning-rate-schedule')
    await get('rail-learn').click()
    await studio.page.keyboard.press('ControlOrMeta+z')
    await expect.poll(schedule).toBe('constant')
    expect(await get('toast').last().innerText()).toContain('“Step size over time” is as it was before.')
  })

  test('are part of a run: told where it is listed, and where it goes on', async () => {
    await get('rail-data').click()
    await trainSmall(studio.page, async () => {
      await get('field-learning-rate-schedule').selectOption('cosine')
      await get('field-averagedEpochs').fill('2')
    })
    await get('rail-runs').click()
    await expect
      .poll(() => get('run-row').first().innerText())
      .toContain('step size 0.002, cosine schedule · weights averaged over 2 epochs')
    await get('train-longer').click()
    await expect
      .poll(() => studio.page.locator('.popover').innerText())
      .toContain('with more epochs than before they are longer again at first')
    await studio.screenshot('learning-rate-schedule-longer')
    await get('train-longer-go').click()
    await expect.poll(() => get('figure-epochs').innerText()).toMatch(/4 epochs/)
  })

  test('come back with the settings of the run', async () => {
    await get('rail-model').click()
    await get('preset-quick').click()
    expect(await schedule()).toBe('constant')
    expect(await get('field-averagedEpochs').inputValue()).toBe('3')
    await get('rail-runs').click()
    await get('run-use').click()
    await expect.poll(schedule).toBe('cosine')
    expect(await get('field-averagedEpochs').inputValue()).toBe('2')
    expect(studio.complaints).toEqual([])
  })
})
