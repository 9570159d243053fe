// The command line of `npm start`: known flags with their values, everything else refused with a suggestion.
import { nearest } from './nearest.mjs';
import { Refusal } from '../setup/refusal.mjs';

export const DEFAULT_PORT = 8080;

/** @typedef {{[name: string]: {value?: string, help: string}}} Flags */

/** @type {Flags} */
const flags = {
  city: { value: 'id', help: 'which folder of cities/ (default: config.city of package.json)' },
  port: { value: 'n', help: `port of the page and the interface (default ${DEFAULT_PORT})` },
  host: {
    value: 'address',
    help: 'address to listen on (default 127.0.0.1: this machine only; 0.0.0.0 or :: opens it)',
  },
  'data-dir': { value: 'folder', help: 'where data and logs are kept (default .data)' },
  config: { value: 'file', help: 'settings file, see config.example.yaml; flags win over it' },
  scale: { value: 'x', help: 'how many objects the simulated city has, as a factor (default 1)' },
  seed: { value: 'n', help: 'which simulated city it is: same seed, same city (default 1)' },
  'no-demo': { help: 'no simulated city: real feeds only' },
  help: { help: 'this text' },
};

export const helpText = `npm start -- [options]

${Object.entries(flags)
  .map(([name, { value, help }]) => `  ${`--${name}${value ? ` <${value}>` : ''}`.padEnd(22)}${help}`)
  .join('\n')}

Ends with 0 after Ctrl-C; 1 failed, 2 wrong usage, 3 Node too old, 4 already running, 5 port taken,
6 disk full, 7 packages not installed, 8 not allowed to write.
`;

/**
 * @typedef {object} StartOptions what was given on the command line; undefined where nothing was
 * @property {boolean} help
 * @property {string} [city]
 * @property {string} [host]
 * @property {number} [port]
 * @property {string} [dataDir]
 * @property {string} [config]
 * @property {number} [scale]
 * @property {string} [seed]
 * @property {boolean} demo
 */

/** @param {string} text @param {number} lowest */
function toPort(text, lowest) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= lowest && port <= 65535) return port;
  throw new Refusal('usage', `--port ${text} is not a port: give a whole number from 1 to 65535.`);
}

/** @param {string} text */
function toScale(text) {
  const scale = Number(text);
  if (text !== '' && Number.isFinite(scale) && scale > 0 && scale <= 100) return scale;
  throw new Refusal(
    'usage',
    `--scale ${text} is not a factor: give a number above 0 and up to 100, like 0.1 or 2.`,
  );
}

/** @param {string} text */
function toSeed(text) {
  if (/^\d{1,10}$/.test(text)) return text;
  throw new Refusal('usage', `--seed ${text} is not a seed: give a whole number, like 7.`);
}

/**
 * Splits `--name value` and `--name=value` into a map, refusing what is not known.
 * @param {string[]} argv
 */
function readFlags(argv) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word === '-h' ? '--help' : word) ?? [];
    const flag = name === undefined || !Object.hasOwn(flags, name) ? undefined : flags[name];
    if (name === undefined || !flag) {
      const close = nearest(word.replace(/^-+|=.*$/g, ''), Object.keys(flags));
      throw new Refusal(
        'usage',
        `Unknown option ${word}${close ? `: did you mean --${close}?` : ''} (npm start -- --help lists all)`,
      );
    }
    if (given.has(name)) throw new Refusal('usage', `--${name} is given twice: give it once.`);
    if (!flag.value) {
      if (inline !== undefined) throw new Refusal('usage', `--${name} takes no value.`);
      given.set(name, '');
      continue;
    }
    const value = inline ?? argv[(at += 1)];
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
      throw new Refusal('usage', `--${name} needs a value: --${name} <${flag.value}>.`);
    }
    given.set(name, value);
  }
  return given;
}

/**
 * @param {string[]} argv without node and the script
 * @returns {StartOptions}
 * @throws {Refusal} kind usage
 */
export function parseArguments(argv) {
  const given = readFlags(argv);
  const port = given.get('port');
  const scale = given.get('scale');
  const seed = given.get('seed');
  return {
    help: given.has('help'),
    city: given.get('city'),
    host: given.get('host'),
    port: port === undefined ? undefined : toPort(port, 1),
    dataDir: given.get('data-dir'),
    config: given.get('config'),
    scale: scale === undefined ? undefined : toScale(scale),
    seed: seed === undefined ? undefined : toSeed(seed),
    demo: !given.has('no-demo'),
  };
}
