// What a start runs with: the command line, else the settings file, else the defaults. The server checks
// the whole file; only what the launcher itself needs is read here.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal } from '../setup/refusal.mjs';
import { DEFAULT_PORT } from './arguments.mjs';
import { nearest } from './nearest.mjs';

/**
 * @typedef {object} StartSettings
 * @property {string} city
 * @property {string} host
 * @property {number} port
 * @property {string} dataDir absolute
 * @property {string} [config] absolute
 * @property {string} webhookKeyEnv name of the variable that holds the webhook key
 * @property {number} scale
 * @property {string} seed
 * @property {boolean} demo
 */

/**
 * @param {string} root
 * @param {string} file absolute
 * @returns {Promise<Record<string, unknown>>}
 */
async function readConfig(root, file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Refusal('usage', `Cannot read the settings file ${file} (${error.code}): check --config.`);
  });
  // By path, not by name: packages may have been installed a moment ago.
  const yaml = await import(pathToFileURL(path.join(root, 'node_modules/yaml/dist/index.js')).href);
  try {
    const config = yaml.parse(text) ?? {};
    if (typeof config === 'object' && !Array.isArray(config)) return config;
  } catch (error) {
    throw new Refusal(
      'usage',
      `The settings file ${file} is not YAML: ${/** @type {Error} */ (error).message}`,
    );
  }
  throw new Refusal('usage', `The settings file ${file} must hold keys and values, see config.example.yaml.`);
}

/** What makes a folder of cities/ a city. @param {string} root @param {string} city */
function cityFile(root, city) {
  return path.join(root, 'cities', city, 'city.yaml');
}

/** @param {string} root */
async function listCities(root) {
  const entries = await readdir(path.join(root, 'cities')).catch(() => []);
  return entries.filter((name) => existsSync(cityFile(root, name)));
}

/** The city named in package.json: which one a checkout shows is a setting of it, not of the code. @param {string} root */
export async function defaultCity(root) {
  return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')).config.city;
}

/** @param {string} root @param {string} city */
async function requireCity(root, city) {
  if (/^[a-z0-9-]+$/.test(city) && existsSync(cityFile(root, city))) return;
  const known = await listCities(root);
  const close = nearest(city, known);
  throw new Refusal(
    'usage',
    `There is no city ${city} in cities/${close ? `: did you mean ${close}?` : ` (there are: ${known.join(', ') || 'none'}).`}`,
  );
}

/** @param {unknown} value @param {string} key */
function optionalText(value, key) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new Refusal('usage', `The setting ${key} is ${JSON.stringify(value)}, which must be a text.`);
}

/** @param {unknown} value */
function optionalPort(value) {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535) return Number(value);
  throw new Refusal('usage', `The setting port is ${JSON.stringify(value)}, which must be from 1 to 65535.`);
}

/** Values the server's own environment variables would override: settled here, so that both agree. */
function readEnvironment() {
  const {
    COCKPIT_CITY: city,
    COCKPIT_HOST: host,
    COCKPIT_PORT: port,
    COCKPIT_DATA_DIR: dataDir,
  } = process.env;
  return {
    city: city || undefined,
    host: host || undefined,
    port: port || undefined,
    dataDir: dataDir || undefined,
  };
}

/** What a server gets instead of those variables: nothing. */
export const settledEnvironment = {
  COCKPIT_CITY: '',
  COCKPIT_HOST: '',
  COCKPIT_PORT: '',
  COCKPIT_DATA_DIR: '',
};

/**
 * Command line, else environment, else settings file, else default.
 * @param {string} root
 * @param {import('./arguments.mjs').StartOptions} options
 * @returns {Promise<StartSettings>}
 * @throws {Refusal} kind usage
 */
export async function resolveSettings(root, options) {
  const configFile = options.config === undefined ? undefined : path.resolve(options.config);
  const config = configFile === undefined ? {} : await readConfig(root, configFile);
  const env = readEnvironment();
  const city = options.city ?? env.city ?? optionalText(config.city, 'city') ?? (await defaultCity(root));
  await requireCity(root, city);
  const dataDir = options.dataDir ?? env.dataDir ?? optionalText(config.dataDir, 'dataDir') ?? '.data';
  const webhook = /** @type {{keyEnv?: unknown} | undefined} */ (config.webhook);
  return {
    city,
    host: options.host ?? env.host ?? optionalText(config.host, 'host') ?? '127.0.0.1',
    port:
      options.port ?? optionalPort(env.port && Number(env.port)) ?? optionalPort(config.port) ?? DEFAULT_PORT,
    dataDir: path.resolve(root, dataDir),
    config: configFile,
    webhookKeyEnv: optionalText(webhook?.keyEnv, 'webhook.keyEnv') ?? 'COCKPIT_WEBHOOK_KEY',
    scale: options.scale ?? 1,
    seed: options.seed ?? '1',
    demo: options.demo && config.demo !== false,
  };
}
