import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { arrowsRule } from './scripts/lint/arrows.mjs'
import { circlesRule, reachRule } from './scripts/lint/reach.mjs'
import { spreadRule } from './scripts/lint/spread.mjs'
import { vueScriptParser } from './scripts/lint/vue-scripts.mjs'
import { wordsRule } from './scripts/lint/words.mjs'

/**
 * Rules that need no types, of .ts and .vue files alike.
 * @type {import("eslint").Linter.RulesRecord}
 */
const rulesOfTypeScript = {
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  // An import of types alone says so, and is then none at run time.
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-dynamic-delete': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // `void` stands for "nothing comes back" in the contract between the processes.
  '@typescript-eslint/no-invalid-void-type': 'off',
  eqeqeq: 'error',
  'no-undef': 'off',
}

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'made-runs/', '.cache/']),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.ts'],
    // Its rules about types are checked by oxlint (.oxlintrc.json), which is much faster.
    extends: [tseslint.configs.strict],
    rules: rulesOfTypeScript,
  },

  {
    files: ['src/**/*.ts'],
    languageOptions: {
      // For studio/spread, which asks how long a list is.
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },

  {
    files: ['**/*.vue'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...rulesOfTypeScript,
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `while (true)` and guards on indexed access, which the compiler takes to be always there.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // The result of a channel is named by a type alone.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A method that is async in a contract rejects instead of throwing, whether this one waits for anything or not.
      '@typescript-eslint/require-await': 'off',
      // `void value` reads a reactive value for the sake of reading it.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Values from outside are not always what their type says.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // Types are compared by their shape here, as TypeScript does.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Only vue-tsc knows the types of .vue modules, and it checks them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },

  {
    files: ['src/renderer/**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: {
      parser: vueParser,
      // Only here: where there are files of other extensions, TypeScript's programs are begun anew again and again.
      parserOptions: { parser: vueScriptParser, project: './tsconfig.web.json', extraFileExtensions: ['.vue'] },
      globals: globals.browser,
    },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // How a template is laid out is the writer's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/no-v-html': 'error',
    },
  },

  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    plugins: { studio: { rules: { arrows: arrowsRule, reach: reachRule, circles: circlesRule, spread: spreadRule } } },
    rules: { 'studio/arrows': 'error', 'studio/reach': 'error', 'studio/circles': 'error', 'studio/spread': 'error' },
  },

  {
    // Programs of GPUs are code in another language; those of shells, and the manual page, are English everywhere.
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['src/words/**', 'src/engine/webgpu/wgsl/**', 'src/engine/webgpu/{kernel,record}.ts', 'src/cli/shell/**'],
    plugins: { words: { rules: { catalogue: wordsRule } } },
    rules: { 'words/catalogue': 'error' },
  },

  {
    files: ['src/renderer/**/*.vue'],
    rules: {
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            'MADE Studio',
            'Electron',
            '–',
            '—',
            '·',
            '×',
            '/',
            '%',
            ':',
            '(',
            ')',
            ',',
            '.',
            '±',
            '…',
            '“',
            '”',
            '→',
            '←',
            '=',
            '+',
            '−',
            '≈',
            '?',
            'MADE',
          ],
          attributes: {
            // What a slot is called is for programs.
            '/^(?![Ss]lot$).+/': [
              'title',
              'aria-label',
              'aria-description',
              'alt',
              'placeholder',
              'label',
              'hint',
              'text',
              'description',
              'unit',
              'name',
              'caption',
              'legend',
              'note',
              'empty',
            ],
          },
          directives: ['v-text'],
        },
      ],
    },
  },

  {
    // A lock is a file that only one process can make, which is another thing.
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['src/files/**', 'src/runs/run-lock.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        ...[
          ['node:fs/promises', ['mkdir', 'writeFile', 'appendFile', 'rename']],
          ['node:fs', ['mkdirSync', 'writeFileSync', 'appendFileSync', 'mkdir', 'writeFile', 'appendFile', 'rename']],
        ].map(([name, importNames]) => ({
          name,
          importNames,
          message: 'Files and folders have one owner: src/files.',
        })),
      ],
    },
  },

  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], languageOptions: { globals: globals.node } },
)
