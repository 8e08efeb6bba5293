import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { OpenedPaths, pathsIn } from '../../src/main/opened-paths'

const folder = mkdtempSync(join(tmpdir(), 'made-opened-'))
writeFileSync(join(folder, 'mine.csv'), '')
writeFileSync(join(folder, 'other.csv'), '')

it('what a start was given is found among its switches, in the folder that it was made in', () => {
  const argv = ['/opt/made-studio/made-studio', '--no-sandbox', 'mine.csv', '--flag=1', join(folder, 'other.csv')]
  expect(pathsIn(argv, folder, true)).toEqual([join(folder, 'mine.csv'), join(folder, 'other.csv')])
  expect(pathsIn([argv[0]], folder, true)).toEqual([])
})

it('in a checkout the first word is the application itself', () => {
  expect(pathsIn(['electron', '--no-sandbox', folder, 'mine.csv'], folder, false)).toEqual([join(folder, 'mine.csv')])
  expect(pathsIn(['electron', folder], folder, false)).toEqual([])
})

it('what is not there is not opened', () => {
  expect(pathsIn(['made-studio', 'nothing.csv', ''], folder, true)).toEqual([])
})

it('what comes before the window waits for it, and what comes later is told at once', () => {
  const opened = new OpenedPaths()
  const told: string[] = []
  opened.open('early')
  expect(opened.take((path) => told.push(path))).toEqual(['early'])
  expect(opened.take((path) => told.push(path))).toEqual([])
  opened.open('late')
  expect(told).toEqual(['late'])
})
