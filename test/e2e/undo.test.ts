import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchStudio, type LaunchedStudio } from './launch'

describe('undo and redo', () => {
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const press = (keys: string): Promise<void> => studio.page.keyboard.press(keys)
  const told = (): Promise<string> => get('toast').last().innerText()

  /** Whether items of the menu can be chosen, by their ids. */
  function canChoose(ids: readonly string[]): Promise<boolean[]> {
    return studio.app.evaluate(
      ({ Menu }, wanted) => wanted.map((id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.enabled === true),
      ids,
    )
  }

  /** Chooses an item of the menu, as a person would. */
  async function choose(id: string): Promise<void> {
    await studio.app.evaluate(({ Menu }, wanted) => {
      Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click()
    }, id)
  }

  beforeAll(async () => {
    studio = await launchStudio()
    await get('split-train').filter({ hasText: '50,000' }).waitFor()
  })

  afterAll(async () => {
    await studio.close()
  })

  test('a setting of the model is as it was before, seen and said, wherever a person is', async () => {
    expect(await canChoose(['undo', 'redo'])).toEqual([false, false])
    await get('rail-model').click()
    if (!(await get('field-direct').isVisible())) await get('advanced').click()
    const before = await get('field-direct').isChecked()
    await get('field-direct').click()
    expect(await get('field-direct').isChecked()).toBe(!before)
    await expect.poll(() => canChoose(['undo', 'redo'])).toEqual([true, false])
    await get('rail-learn').click()
    await press('ControlOrMeta+z')
    await expect.poll(() => get('field-direct').isChecked()).toBe(before)
    expect(await told()).toContain('“Direct connections” is as it was before.')
    await expect.poll(() => canChoose(['undo', 'redo'])).toEqual([false, true])
    await press('ControlOrMeta+Shift+z')
    await expect.poll(() => get('field-direct').isChecked()).toBe(!before)
    expect(await told()).toContain('“Direct connections” is changed again.')
    await choose('undo')
    await expect.poll(() => get('field-direct').isChecked()).toBe(before)
  })

  test('a field that is typed into takes back its own', async () => {
    const field = get('field-hidden-0')
    const before = await field.inputValue()
    await field.fill('77')
    await field.press('End')
    await press('0')
    expect(await field.inputValue()).toBe('770')
    await expect.poll(() => canChoose(['undo'])).toEqual([true])
    await press('ControlOrMeta+z')
    await expect.poll(() => field.inputValue()).not.toBe('770')
    expect(await get('toast').filter({ hasText: 'Hidden layers' }).count()).toBe(0)
    // Left, the whole of what was typed into it is taken back in steps of the settings.
    await get('rail-model').focus()
    await expect
      .poll(async () => {
        if ((await field.inputValue()) !== before) await press('ControlOrMeta+z')
        return field.inputValue()
      })
      .toBe(before)
  })

  test('data are opened again that were open before, and prepared as they were', async () => {
    await get('rail-data').click()
    await get('other-data').click()
    await get('open-bars-and-stripes').click()
    await get('nll-entropy').filter({ hasText: /\d/ }).waitFor()
    await get('rail-model').click()
    await choose('undo')
    await get('split-train').filter({ hasText: '50,000' }).waitFor()
    expect(await told()).toContain('The data are as they were before.')
    await press('ControlOrMeta+Shift+z')
    await get('nll-entropy').filter({ hasText: /\d/ }).waitFor()
    await get('split-train').filter({ hasText: '20,000' }).waitFor()
    await studio.screenshot('undo-redone')
    expect(studio.complaints).toEqual([])
  })
})
