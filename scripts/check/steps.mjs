// The steps of `npm run check`: what each runs. Longest first, so that two cores are busy to the end.
import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} program below node_modules, or a script of ours
 * @property {string[]} args
 */

/** A project of TypeScript and the folders it checks. */
const typeProjects = [
  { name: 'server', folders: ['server'], program: 'typescript-native/bin/tsc' },
  { name: 'client', folders: ['client'], program: 'vue-tsc/bin/vue-tsc.js' },
  { name: 'browser-tests', folders: ['e2e', 'bench', 'client'], program: 'typescript-native/bin/tsc' },
  { name: 'contracts', folders: ['contracts'], program: 'typescript-native/bin/tsc' },
  { name: 'mock-feeds', folders: ['mock-feeds'], program: 'typescript-native/bin/tsc' },
  { name: 'tilesets', folders: ['tilesets', 'cities'], program: 'typescript-native/bin/tsc' },
  { name: 'scripts', folders: ['scripts'], program: 'typescript-native/bin/tsc' },
];

const codeFolders = [
  'contracts',
  'server',
  'client',
  'mock-feeds',
  'tilesets',
  'cities',
  'scenes',
  'scripts',
  'bench',
  'e2e',
];

/** Whether any TypeScript, Vue or JavaScript file lies under the folder. @param {string} folder @returns {boolean} */
function hasCode(folder) {
  try {
    return readdirSync(folder, { recursive: true }).some((file) => /\.(ts|vue|mjs)$/.test(String(file)));
  } catch {
    return false;
  }
}

/**
 * @param {string} root
 * @returns {Step[]}
 */
export function listSteps(root) {
  const present = codeFolders.filter((folder) => hasCode(path.join(root, folder)));
  // tsc refuses a project without files; one whose folders are empty has nothing to say.
  const types = typeProjects
    .filter(({ folders }) => folders.some((folder) => present.includes(folder)))
    .map(({ name, program }) => ({
      name: `types: ${name}`,
      program: `node_modules/${program}`,
      args: ['-p', `tsconfig.${name}.json`, '--pretty', 'false'],
    }));
  return [
    {
      name: 'unit tests',
      program: 'node_modules/vitest/vitest.mjs',
      // The other core has the other steps.
      args: ['run', '--project=unit', '--reporter=dot', '--maxWorkers=1'],
    },
    { name: 'lint', program: 'node_modules/eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
    {
      name: 'format',
      program: 'node_modules/prettier/bin/prettier.cjs',
      args: ['--check', '--log-level=warn', '.'],
    },
    ...types,
    {
      name: 'lint: promises',
      program: 'node_modules/oxlint/bin/oxlint',
      args: ['--type-aware', '--deny-warnings', ...present],
    },
    {
      name: 'dependency rules',
      program: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      args: ['--config', '.dependency-cruiser.cjs', '-T', 'err-long', ...present],
    },
    { name: 'unused code', program: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
    { name: 'docs links', program: 'scripts/check/docs.mjs', args: [] },
  ];
}
