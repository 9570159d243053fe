// What the server runs with: defaults ← settings file ← command line ← environment. The only reader of the environment.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { nearest } from './kit/nearest-word.ts';
import { basemapSchema, resolveBasemap, type Basemap } from './basemap-settings.ts';
import { outboundSchema, resolveOutbound, type OutboundSettings } from './outbound-settings.ts';
import { packageFacts } from './package-facts.ts';

const port = z.number().int().min(0).max(65_535);

/** Settings of one feed besides `enabled` are checked by the feed itself. */
const feedSchema = z.looseObject({ enabled: z.boolean().default(true) });

const configSchema = z.strictObject({
  /** Folder of cities/; absent: config.city of package.json. */
  city: z.string().regex(/^[a-z0-9-]+$/, 'use the name of a folder in cities/'),
  host: z.string().min(1).default('127.0.0.1'),
  /** 0: any free port. */
  port: port.default(8080),
  dataDir: z.string().min(1).default('.data'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Milliseconds between two ticks in peacetime. */
  tick: z.strictObject({ peaceMs: z.number().int().min(200).max(60_000).default(1000) }).prefault({}),
  /** Base address that relative feed addresses are resolved against. */
  feedsBase: z.url({ protocol: /^https?$/ }).optional(),
  feeds: z.record(z.string(), feedSchema).default({}),
  mqtt: z
    .strictObject({
      /** embedded: a broker of ours on `port`; external: connect to `url`. */
      mode: z.enum(['embedded', 'external']).default('embedded'),
      port: port.default(1883),
      url: z.url({ protocol: /^(mqtts?|wss?)$/ }).optional(),
    })
    .refine((mqtt) => mqtt.mode === 'embedded' || mqtt.url !== undefined, 'mode external needs url')
    .prefault({}),
  jtt808: z.strictObject({ port: port.default(8808) }).prefault({}),
  hj212: z.strictObject({ port: port.default(8212) }).prefault({}),
  /** Name of the environment variable that holds the webhook key; the key itself never stands in a file. */
  webhook: z.strictObject({ keyEnv: z.string().min(1).default('COCKPIT_WEBHOOK_KEY') }).prefault({}),
  /** Journal files on disk, all retention classes together; the oldest are removed beyond it. */
  journal: z.strictObject({ maxGb: z.number().positive().max(100_000).default(20) }).prefault({}),
  /** Where records are kept: a file in the data folder, or the PostgreSQL whose address the variable `urlEnv` holds. */
  store: z
    .strictObject({
      kind: z.enum(['sqlite', 'postgres']).default('sqlite'),
      urlEnv: z.string().min(1).default('COCKPIT_STORE_URL'),
    })
    .prefault({}),
  /** Seconds between two snapshots of the state; what came since the last one is read again after a kill. */
  snapshot: z.strictObject({ everyS: z.number().min(1).max(3600).default(60) }).prefault({}),
  /** People at the alarms at one time: what each of them hears is measured. */
  alerts: z.strictObject({ operators: z.number().int().min(1).max(500).default(1) }).prefault({}),
  /** Simulated feeds: every page says 演示数据. */
  demo: z.boolean().default(true),
  /** Folder of the built client; absent: no pages are served. */
  static: z.string().optional(),
  /** Terrain and other tiles, a folder for each city; absent: none are served. */
  tiles: z.string().optional(),
  /** Program of the simulated city (mock-feeds/main.ts); absent: no demo and no drill can be opened. */
  simulatedCity: z.string().min(1).optional(),
  /** Own certificate and its key, PEM; absent: plain HTTP, for this machine or behind whoever terminates TLS. */
  tls: z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
  /** Signing in: docs/access.md. */
  access: z
    .strictObject({
      /** Nobody touches anything for so long: signed out. */
      idleMinutes: z.number().int().min(1).max(240).default(15),
      absoluteHours: z.number().int().min(1).max(24).default(12),
      /** Who somebody is, once said, is believed so long for exports, accounts and 战时. */
      stepUpMinutes: z.number().int().min(1).max(60).default(10),
      /** Of one person at once. */
      sessions: z.number().int().min(1).max(10).default(2),
      /** Then a new one must be chosen. */
      passwordDays: z.number().int().min(1).max(365).default(90),
      /** Then an account is disabled. */
      unusedDays: z.number().int().min(1).max(365).default(60),
      /** log2 of the cost of a password hash (scrypt N): 17 is what OWASP asks for; no less but in tests. */
      passwordCost: z.number().int().min(10).max(20).default(17),
    })
    .prefault({}),
  /** What leaves the city, by which gateways: docs/outbound.md. */
  outbound: outboundSchema,
  /** Maps of others; none by default: no page asks anybody outside. */
  basemap: basemapSchema,
});

export type ServerConfig = Omit<z.output<typeof configSchema>, 'basemap' | 'outbound'> & {
  readonly basemap: Basemap;
  readonly outbound: OutboundSettings;
  readonly webhookKey: string | null;
  /** postgres://…; null: records lie in the data folder. */
  readonly storeUrl: string | null;
  readonly build: string;
};

interface Flag {
  readonly value?: string;
  readonly to: readonly string[];
  readonly help: string;
}

const flags: Readonly<Record<string, Flag>> = {
  city: { value: 'id', to: ['city'], help: 'folder of cities/' },
  host: { value: 'address', to: ['host'], help: 'address to listen on, IPv4 or IPv6 (default 127.0.0.1)' },
  port: {
    value: 'n',
    to: ['port'],
    help: 'port of pages, interface and socket (default 8080, 0: any free one)',
  },
  'data-dir': { value: 'folder', to: ['dataDir'], help: 'where data is kept (default .data)' },
  config: { value: 'file', to: [], help: 'settings file in YAML; flags win over it' },
  'log-level': { value: 'level', to: ['logLevel'], help: 'debug, info, warn or error (default info)' },
  'feeds-base': {
    value: 'url',
    to: ['feedsBase'],
    help: 'base address of the upstreams with relative addresses',
  },
  'mqtt-port': { value: 'n', to: ['mqtt', 'port'], help: 'port of the embedded MQTT broker (default 1883)' },
  'jtt808-port': {
    value: 'n',
    to: ['jtt808', 'port'],
    help: 'port JT/T 808 terminals dial in to (default 8808)',
  },
  'hj212-port': { value: 'n', to: ['hj212', 'port'], help: 'port HJ 212 devices dial in to (default 8212)' },
  static: { value: 'folder', to: ['static'], help: 'the built client' },
  tiles: { value: 'folder', to: ['tiles'], help: 'terrain and other tiles, a folder for each city' },
  'simulated-city': {
    value: 'program',
    to: ['simulatedCity'],
    help: 'mock-feeds/main.ts: feeds demo and drill worlds (default: there are none)',
  },
  'webhook-key-env': {
    value: 'name',
    to: ['webhook', 'keyEnv'],
    help: 'variable that holds the webhook key',
  },
  'tls-cert': {
    value: 'file',
    to: ['tls', 'certFile'],
    help: 'own certificate, PEM, with those that sign it',
  },
  'tls-key': { value: 'file', to: ['tls', 'keyFile'], help: 'its private key, PEM' },
  'no-demo': { to: ['demo'], help: 'real feeds only' },
  help: { to: [], help: 'this text' },
};

const environment: Readonly<Record<string, readonly string[]>> = {
  COCKPIT_CITY: ['city'],
  COCKPIT_HOST: ['host'],
  COCKPIT_PORT: ['port'],
  COCKPIT_DATA_DIR: ['dataDir'],
  COCKPIT_LOG_LEVEL: ['logLevel'],
};

export const helpText = `node server/main.ts [options]

${Object.entries(flags)
  .map(([name, { value, help }]) => `  ${`--${name}${value ? ` <${value}>` : ''}`.padEnd(28)}${help}`)
  .join('\n')}

Environment, wins over all: ${Object.keys(environment).join(', ')}
`;

/** A setting that cannot be used; the message says where it stands and what to do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** The configuration, or null where only the help was asked for. @throws ConfigError */
export function readConfig(
  argv: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): ServerConfig | null {
  const given = readFlags(argv);
  if (given.has('help')) return null;
  const file = given.get('config');
  const raw: Tree = {
    city: packageFacts().config?.city,
    ...(file === undefined ? {} : readFile(path.resolve(file))),
  };
  for (const [name, text] of given) {
    const to = flags[name]?.to ?? [];
    if (to.length > 0) place(raw, to, name === 'no-demo' ? false : typed(text, to));
  }
  for (const [name, to] of Object.entries(environment)) {
    const text = env[name];
    if (text !== undefined && text !== '') place(raw, to, typed(text, to));
  }
  const config = check(raw, file ?? 'command line');
  return {
    ...config,
    basemap: withKeys(() => resolveBasemap(config.basemap, env)),
    outbound: withKeys(() => resolveOutbound(config.outbound, env)),
    dataDir: path.resolve(config.dataDir),
    webhookKey: env[config.webhook.keyEnv] || null,
    storeUrl: storeUrlOf(config.store, env),
    build: env.COCKPIT_BUILD || packageFacts().version,
  };
}

/** @throws ConfigError */
function withKeys<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

function storeUrlOf(
  { kind, urlEnv }: z.output<typeof configSchema>['store'],
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (kind === 'sqlite') return null;
  const url = env[urlEnv] ?? '';
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  throw new ConfigError(
    `store.kind postgres: the environment variable ${urlEnv} holds no address: set it to postgres://user:password@host/database`,
  );
}

type Tree = { [key: string]: unknown };

function readFlags(argv: readonly string[]): Map<string, string> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new ConfigError(`"${token.value}" is no option: see --help`);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (!flag)
      throw new ConfigError(`--${token.name} is unknown${suggest(token.name, Object.keys(flags), '--')}`);
    if (flag.value && token.value === undefined) {
      throw new ConfigError(`--${token.name} needs a value: --${token.name} <${flag.value}>`);
    }
    given.set(token.name, token.value ?? '');
  }
  return given;
}

function readFile(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `cannot read the settings file ${file}: ${(error as Error).message}: check --config`,
    );
  }
  let tree: unknown;
  try {
    tree = parseYaml(text) ?? {};
  } catch (error) {
    throw new ConfigError(`${file} is not YAML: ${(error as Error).message}`);
  }
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new ConfigError(`${file} must hold keys and values`);
  }
  return tree as Tree;
}

function typed(text: string, to: readonly string[]): string | number {
  return to.at(-1) === 'port' && /^\d+$/.test(text) ? Number(text) : text;
}

function place(tree: Tree, to: readonly string[], value: unknown): void {
  const [head, ...rest] = to;
  if (head === undefined) return;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const inner = tree[head];
  tree[head] = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  place(tree[head] as Tree, rest, value);
}

function check(raw: Tree, source: string): z.output<typeof configSchema> {
  const result = configSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => describeIssue(issue, configSchema, source)).join('\n'),
  );
}

/** One issue of a settings schema, with the nearest valid key where a key is unknown. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, source: string): string {
  const where = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${source}: ${where || 'settings'}: ${issue.message}`;
  const known = keysAt(schema, issue.path);
  return issue.keys
    .map((key) => `${source}: ${where ? `${where}.` : ''}${key}: unknown key${suggest(key, known, '')}`)
    .join('\n');
}

function keysAt(schema: z.ZodType, at: readonly PropertyKey[]): string[] {
  let node: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const key of at)
    node = (node as { properties?: Record<string, unknown> } | undefined)?.properties?.[String(key)];
  return Object.keys((node as { properties?: object } | undefined)?.properties ?? {});
}

function suggest(word: string, known: readonly string[], prefix: string): string {
  const close = nearest(word, known);
  return close === null
    ? `: known are ${known.map((key) => prefix + key).join(', ')}`
    : `: did you mean ${prefix}${close}?`;
}
