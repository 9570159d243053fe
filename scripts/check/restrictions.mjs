// What may not be written where, and what to write instead. Used by eslint.config.js and by its test.

const wallClock = (/** @type {string} */ instead) => [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: `Date.now() is the wall clock: ${instead}`,
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: `new Date() is the wall clock: ${instead}`,
  },
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
    message: `Timers stand on the clock, so that a drill or a test can drive them: ${instead}`,
  },
  {
    selector:
      'CallExpression[callee.object.name=/^(globalThis|window|self)$/][callee.property.name=/^(setTimeout|setInterval)$/]',
    message: `Timers stand on the clock, so that a drill or a test can drive them: ${instead}`,
  },
  {
    selector: 'ImportDeclaration[source.value=/^node:timers/]',
    message: `Timers stand on the clock, so that a drill or a test can drive them: ${instead}`,
  },
];

const environment = (/** @type {string} */ instead) => [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: `process.env is read in one place only: ${instead}`,
  },
];

const everywhere = [
  {
    selector: 'TSEnumDeclaration',
    message:
      'Node runs the sources as they are: use a union of string literals or an `as const` object instead of an enum.',
  },
  {
    selector: 'TSParameterProperty',
    message: 'Node runs the sources as they are: declare the field and assign it in the constructor.',
  },
  {
    selector: "TSModuleDeclaration[kind='namespace']",
    message: 'Node runs the sources as they are: use a module instead of a namespace.',
  },
  {
    selector:
      'ImportDeclaration[source.value=/^\\.\\.?\\u002F(?!.*\\.(ts|mjs|js|cjs|vue|json|css|svg|png|glsl|woff2)(\\?.*)?$)/]',
    message: 'Name the file with its extension (./x.ts): Node loads exactly what is written.',
  },
];

const noServerClock = wallClock(
  'take the clock port (server/kit/clock.ts) as an argument and use clock.now() and its timers.',
);
const noClientClock = wallClock('use the time store, or the clock module of the client (client/clock.ts).');
const noPureClock = wallClock('contracts are pure; let the caller pass the time in epoch ms.');
const noBareFetch = [
  {
    selector: "CallExpression[callee.name='fetch']",
    message:
      'A question to the server belongs to the world of this page: use askWorld (or askServer) of client/stores/world.ts.',
  },
];
const noServerEnv = environment('add a key to server/config.ts and let server/main.ts pass it on.');
const noMockEnv = environment('add a key to mock-feeds/config.ts and pass it on.');
const noEnv = environment(
  'only server/config.ts, mock-feeds/config.ts and scripts read it; take the value as an argument.',
);

export const restrictions = { everywhere };

const notTests = ['**/*.test.ts', '**/*.bench.ts', '**/*.e2e.ts'];

/**
 * @param {{files: string[], ignores?: string[]}} where
 * @param {object[]} extra
 * @returns {import('eslint').Linter.Config}
 */
const zone = (where, extra) => ({
  ...where,
  rules: { 'no-restricted-syntax': ['error', ...everywhere, ...extra] },
});

/** Later zones win, so the exceptions stand last. */
export const zones = [
  zone({ files: ['contracts/**/*.ts'], ignores: notTests }, [...noPureClock, ...noEnv]),
  zone({ files: ['server/**/*.ts'], ignores: notTests }, [...noServerClock, ...noServerEnv]),
  zone({ files: ['server/**/*.{test,bench}.ts', 'contracts/**/*.{test,bench}.ts'] }, noServerEnv),
  zone({ files: ['server/kit/clock*.ts', 'server/main.ts'] }, noServerEnv),
  zone({ files: ['server/config.ts'] }, noServerClock),
  zone({ files: ['client/**/*.{ts,vue}'], ignores: notTests }, [...noClientClock, ...noEnv]),
  zone(
    {
      files: ['client/{stores,panels,screens,charts}/**/*.{ts,vue}', 'client/*.ts'],
      // Files of tiles, which are the same in all worlds, and the place itself.
      ignores: [...notTests, 'client/stores/{world,dams,buildings}.ts', 'client/panels/here/land.ts'],
    },
    [...noClientClock, ...noEnv, ...noBareFetch],
  ),
  zone({ files: ['client/clock*.ts', 'client/clock/**/*.ts'] }, noEnv),
  zone({ files: ['mock-feeds/**/*.ts'] }, noMockEnv),
  zone({ files: ['mock-feeds/config.ts'] }, []),
  zone({ files: ['tilesets/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'] }, noEnv),
];
