import { readFileSync } from 'node:fs'
import { ESLint } from 'eslint'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'

/** Held to a .vue file by vue-tsc instead, and off there. */
const OF_OTHERS = ['no-unsafe-argument', 'no-unsafe-assignment']

it('the rules about types that ESLint holds .vue files to are those that oxlint holds all other files to', async () => {
  const { config } = ts.parseConfigFileTextToJson(
    '.oxlintrc.json',
    readFileSync(inProject('.oxlintrc.json'), 'utf8'),
  ) as {
    config: { rules: Record<string, unknown> }
  }
  const ofOxlint = Object.keys(config.rules).map((name) => name.replace('typescript/', ''))
  const calculated = (await new ESLint({ cwd: inProject('.') }).calculateConfigForFile(
    inProject('src', 'renderer', 'App.vue'),
  )) as { rules: Record<string, readonly [number, ...unknown[]]> }
  const known: Readonly<Record<string, unknown>> = Object(Reflect.get(tseslint.plugin, 'rules'))
  const asksForTypes = (name: string): boolean => {
    const rule = known[name] as { meta?: { docs?: { requiresTypeChecking?: boolean } } } | undefined
    return rule?.meta?.docs?.requiresTypeChecking === true
  }
  const ofEslint = Object.entries(calculated.rules)
    .filter(([, [severity]]) => severity > 0)
    .map(([name]) => name.replace('@typescript-eslint/', ''))
    .filter(asksForTypes)
  expect(ofEslint.length).toBeGreaterThan(20)
  expect(ofOxlint.sort()).toEqual([...ofEslint, ...OF_OTHERS].sort())
})
