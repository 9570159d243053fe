// Who may import what. Each comment says what to do instead; scripts/fixtures/forbidden-imports proves that each rule bites.

const TEST = '\\.(test|bench|e2e)\\.ts$';
const OWN = '^(server|client|mock-feeds|tilesets|scenes|scripts|bench|e2e)/';
/** Folders of server that are not an area: definitions that others read, and the composition root's own folder. */
const NOT_AREA = '^server/(kit|feeds|decisions|main)/';
/** A package, wherever node_modules stands, installed or not. @param {string} names */
const library = (names) => `(^|/node_modules/|^node_modules/)(${names})(/|$)`;
const ENGINES = library('cesium|@cesium|@deck\\.gl|three|echarts');

/**
 * Tests may reach across their side of the product, so most rules leave them out.
 * @param {string} name
 * @param {string} comment
 * @param {{from: object, to: object}} ends
 */
const rule = (name, comment, { from, to }) => ({ name, comment, severity: 'error', from, to });

const general = [
  rule(
    'no-cycles',
    'Two modules need each other: move what both need into a third one that imports neither.',
    {
      from: {},
      // Types are gone when the program runs: only what is loaded counts.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ),
  rule(
    'no-tests-in-production',
    'Production code imports a test: move what it needs into a module of its own.',
    {
      from: { pathNot: TEST },
      to: { path: TEST },
    },
  ),
  rule(
    'no-development-packages',
    'This package is only installed for development: list it under dependencies, or do without.',
    {
      from: {
        path: '^(contracts|server|client|mock-feeds|tilesets)/',
        pathNot: `${TEST}|\\.(fixture|test-kit)\\.ts$`,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ),
  rule('no-unresolved', 'This import leads nowhere: check the path and its extension, or add the package.', {
    from: {},
    to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|inline)|^virtual:' },
  }),
  rule(
    'sides-apart',
    'Server and client meet in contracts/ only: move the shared part there, or ask over the wire.',
    {
      from: { path: '^(server|client)/' },
      to: { path: OWN, pathNot: '^$1/' },
    },
  ),
];

const contracts = [
  rule(
    'contracts-pure',
    'contracts/ is pure and imports the schema library only: let the caller pass bytes, time and I/O in.',
    {
      from: { path: '^contracts/', pathNot: TEST },
      to: { pathNot: `^contracts/|${library('zod')}` },
    },
  ),
  rule(
    'contracts-tests-alone',
    'A test of contracts/ needs no server and no client: move it to the side it really tests.',
    {
      from: { path: '^contracts/.*\\.(test|bench)\\.ts$' },
      to: { path: OWN },
    },
  ),
];

const server = [
  rule(
    'kit-below-all',
    'server/kit serves every feed and area: pass what it needs in as an argument, it imports contracts only.',
    {
      from: { path: '^server/kit/', pathNot: TEST },
      to: { path: OWN, pathNot: '^server/kit/' },
    },
  ),
  rule(
    'feed-alone',
    'A feed knows contracts/, server/kit and itself: put shared parsing into server/kit, reach webhooks through kit/inbox.',
    {
      from: { path: '^server/feeds/([^/]+)/', pathNot: TEST },
      to: { path: OWN, pathNot: '^server/(kit|feeds/$1)/' },
    },
  ),
  rule(
    'decision-pure',
    'A decision model is a pure function: take what it needs from the view it is given; it imports defineDecision only.',
    {
      from: { path: '^server/decisions/([^/]+)/', pathNot: TEST },
      to: { path: OWN, pathNot: '^server/(decisions/$1/|kit/define-decision\\.ts$)' },
    },
  ),
  rule(
    'decision-no-io',
    'A decision model reads nothing and knows no clock: everything comes in its view, params and now.',
    {
      from: { path: '^server/decisions/[^/]+/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
  ),
  rule(
    'area-alone',
    "An area of the server imports contracts, kit, itself and other areas' port.ts: take the instance as an argument, server/main.ts wires it.",
    {
      from: { path: '^server/([^/]+)/', pathNot: `${NOT_AREA}|${TEST}` },
      to: { path: '^server/', pathNot: '^server/(kit|$1)/|^server/[^/]+/port\\.ts$' },
    },
  ),
  rule('port-types-only', 'A port is a type: write `import type`, the instance comes from server/main.ts.', {
    from: { path: '^server/([^/]+)/', pathNot: `${NOT_AREA}|${TEST}` },
    to: { path: '^server/[^/]+/port\\.ts$', pathNot: '^server/$1/', dependencyTypesNot: ['type-only'] },
  }),
  rule(
    'main-wires',
    'Only server/main.ts (and the commands beside it) brings areas together: take what this file needs as an argument.',
    {
      from: { path: '^server/[^/]+\\.ts$', pathNot: `^server/(main|[a-z]+-cli)\\.ts$|${TEST}` },
      to: { path: '^server/[^/]+/', pathNot: '^server/kit/' },
    },
  ),
];

const client = [
  rule(
    'link-below-stores',
    'client/link feeds the stores and shows nothing: it imports contracts and stores.',
    {
      from: { path: '^client/link/', pathNot: TEST },
      to: { path: `^client/(map|panels|charts|screens|gallery|debug)/|${ENGINES}` },
    },
  ),
  rule(
    'stores-know-no-view',
    'A store holds data: let map, panels and link read or write it, never the other way round.',
    {
      from: { path: '^client/stores/', pathNot: TEST },
      to: { path: `^client/(link|map|panels|charts|screens|gallery|debug)/|${ENGINES}` },
    },
  ),
  rule(
    'stage-below-layers',
    'The stage owns the engine and knows no layer or panel: layers are found by folder.',
    {
      from: { path: '^client/map/stage/', pathNot: TEST },
      to: {
        path: '^client/(link|map/layers|panels|charts|screens|gallery|debug)/',
        // The one file that finds the layers.
        pathNot: '^client/map/layers/map-layers\\.ts$',
      },
    },
  ),
  rule(
    'map-layer-alone',
    'A map layer gets its rows from the stage: it imports contracts, types of map/stage and its engine.',
    {
      from: { path: '^client/map/layers/([^/]+)/', pathNot: TEST },
      to: {
        path: '^client/(link|stores|panels|charts|screens|gallery|debug|map/layers)/',
        pathNot: '^client/map/layers/$1/',
      },
    },
  ),
  rule(
    'map-layer-stage-types',
    'A map layer knows the stage by its types: write `import type`; the stage hands itself to create().',
    {
      from: { path: '^client/map/layers/', pathNot: TEST },
      to: { path: '^client/map/stage/', pathNot: '/define-[^/]+\\.ts$', dependencyTypesNot: ['type-only'] },
    },
  ),
  rule(
    'panel-asks-view',
    'A panel never touches the map, the link or another panel: ask through stores/view.',
    {
      from: { path: '^client/panels/([^/]+)/', pathNot: TEST },
      to: {
        path: `^client/(link|map|panels|screens|gallery|debug)/|${ENGINES}`,
        pathNot: ['^client/panels/$1/', '^client/panels/panel\\.ts$'],
      },
    },
  ),
  rule(
    'charts-draw-only',
    'A chart draws what it is given: it imports contracts, stores/time, the theme and echarts.',
    {
      from: { path: '^client/charts/', pathNot: TEST },
      to: { path: '^client/(link|map|panels|screens|gallery|debug|stores)/', pathNot: '^client/stores/time' },
    },
  ),
];

const outside = [
  rule(
    'outside-shares-nothing',
    'A bug shared with the product would cancel out: this folder imports no code of ours, it may read cities/ and scenarios.',
    {
      from: { path: '^(mock-feeds|tilesets|scenes|cities)/' },
      to: {
        path: '^(contracts|server|client|mock-feeds|tilesets|scenes|scripts|bench|e2e)/',
        pathNot: '^$1/',
      },
    },
  ),
];

/** One owner per library: [name, packages, owning paths, what to do]. Tests and benches measure against anything. */
const owners = [
  ['engines', 'cesium|@cesium|@deck\\.gl|three', '^client/(map|debug)/', 'show it through client/map'],
  ['echarts', 'echarts', '^client/charts/', 'draw it with a chart of client/charts'],
  ['socket-io', 'socket\\.io', '^server/realtime/', 'publish through server/realtime'],
  ['socket-io-client', 'socket\\.io-client', '^client/link/', 'receive through client/link and the stores'],
  ['express', 'express|helmet', '^server/(http|main)', 'add a router under server/http'],
  ['pg', 'pg', '^server/store/', 'keep it through the store port (server/store/port.ts)'],
  ['mqtt', 'mqtt|aedes', '^(server/kit|mock-feeds)/', 'use the MQTT connector of server/kit'],
].map(([name = '', packages = '', owner = '', instead = '']) =>
  rule(`owner-${name}`, `This library has one owner: ${instead}.`, {
    from: { pathNot: `${owner}|^(bench|e2e|scripts)/|^[^/]+\\.config\\.(ts|js)$|${TEST}|node_modules/` },
    to: { path: library(packages) },
  }),
);

module.exports = {
  forbidden: [...general, ...contracts, ...server, ...client, ...outside, ...owners],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data|\\.cache|\\.tiles|scripts/fixtures)/' },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json', '.d.ts'],
    },
  },
};
