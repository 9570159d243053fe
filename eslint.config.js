// Every message says what to do instead. Rules cannot be switched off in a file (noInlineConfig): a rule that is
// wrong is changed here, for everybody.
import globals from 'globals';
import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import vueParser from 'vue-eslint-parser';
import { fileNameRule } from './scripts/check/file-name-rule.mjs';
import { restrictions, zones } from './scripts/check/restrictions.mjs';

const code = ['**/*.{ts,mjs,js,cjs,vue}'];
/**
 * Rules that need types. For plain TypeScript the same stand in .oxlintrc.json, where they cost a tenth.
 * @type {import('eslint').Linter.RulesRecord}
 */
const typed = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': [
    'error',
    { checksVoidReturn: { arguments: false, attributes: false } },
  ],
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
};
const tests = ['**/*.test.ts', '**/*.e2e.ts', '**/*.bench.ts', 'e2e/**', 'bench/**'];

/** @type {import('eslint').Linter.RulesRecord} */
const caps = {
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
};

export default tseslint.config(
  {
    ignores: ['node_modules', 'dist', '.data', '.cache', '.tiles', '**/.out', 'scripts/fixtures'],
  },
  {
    files: code,
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { ecmaVersion: 'latest', sourceType: 'module', extraFileExtensions: ['.vue'] },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, local: { rules: { 'file-name': fileNameRule } } },
    rules: {
      ...caps,
      'local/file-name': 'error',
      'no-console': 'error',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': 'error',
      'no-param-reassign': 'error',
      'no-throw-literal': 'error',
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'xxx', 'hack', 'oxlint-disable'], location: 'start' },
      ],
      'no-restricted-syntax': ['error', ...restrictions.everywhere],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-expect-error': 'allow-with-description',
          'ts-ignore': true,
          'ts-nocheck': true,
          minimumDescriptionLength: 10,
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  ...vue.configs['flat/essential'].map((part) => ({ files: ['**/*.vue'], ...part })),
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
      globals: globals.browser,
    },
    rules: {
      ...typed,
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
    },
  },
  ...zones,
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      'max-params': 'off',
    },
  },
  // Types of plain JavaScript stand in its JSDoc, where npm's and settings' loose values meet ours.
  { files: ['**/*.{mjs,js,cjs}'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
);
