import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect } from 'vitest'
import { inProject, projectFolder } from '../../scripts/setup/project.mjs'

/** The project's own configuration, less the rules that need types, which a snippet has none of. */
const eslint = new ESLint({
  cwd: projectFolder,
  overrideConfig: [
    { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
    {
      files: ['**/*.vue'],
      rules: tseslint.configs.disableTypeChecked.rules ?? {},
      languageOptions: { parserOptions: { project: false, program: null } },
    },
  ],
})

/**
 * What one of the project's own rules says of some code.
 * @param file where it would be, from the project's root
 */
export async function complaintsOf(
  rule: 'arrows' | 'reach' | 'circles',
  code: string,
  file: string,
): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: inProject(file) })
  expect(result?.fatalErrorCount).toBe(0)
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === `studio/${rule}`).map(({ message }) => message)
}
