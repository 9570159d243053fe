// Programs the tests need besides npm's: a browser, a foreign MQTT broker, a foreign reader of maps, a database server, certificates.
// Never skipped in silence.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { collect } from '../setup/processes.mjs';
import { Refusal } from '../setup/refusal.mjs';

/** Debian's packages and the program each brings. */
const tools = [
  { name: 'chromium', program: 'chromium' },
  { name: 'mosquitto', program: 'mosquitto' },
  { name: 'gdal-bin', program: 'ogr2ogr' },
  { name: 'postgresql', program: 'postgres' },
  { name: 'openssl', program: 'openssl' },
];
/** Debian's packages that draw for a browser without a graphics card, at half of what its own renderer costs. */
const libraries = [
  { name: 'libegl1', file: 'libEGL_mesa.so.0' },
  { name: 'libgl1-mesa-dri', file: 'dri/swrast_dri.so' },
];
const LIBRARY_FOLDERS = [
  '/usr/lib',
  '/usr/lib64',
  `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
];
/** Where daemons live; not in the path of every user. */
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];
/** Debian keeps the programs of a server in a folder for each version. */
const VERSIONED = '/usr/lib/postgresql';

/** @param {string} root */
function versionFolders(root) {
  try {
    return readdirSync(root).map((version) => path.join(root, version, 'bin'));
  } catch {
    return [];
  }
}

/**
 * @param {string} program
 * @param {string} [searchPath]
 */
export function isOnPath(program, searchPath = process.env.PATH ?? '') {
  const folders = [...searchPath.split(path.delimiter), ...EXTRA_FOLDERS, ...versionFolders(VERSIONED)];
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Packages whose programs are not there.
 * @param {(program: string) => boolean} isThere
 */
export function missingPackages(isThere) {
  return tools.filter(({ program }) => !isThere(program)).map(({ name }) => name);
}

/**
 * Packages whose library is not there: the tests pass without, in twice the time.
 * @param {(file: string) => boolean} isThere
 */
export function missingLibraries(isThere) {
  return libraries.filter(({ file }) => !isThere(file)).map(({ name }) => name);
}

/** @param {string} file of a library, as it is called in its folder */
const isLibrary = (file) => LIBRARY_FOLDERS.some((folder) => existsSync(path.join(folder, file)));

/**
 * Installs what is missing through apt when this user is root.
 * @param {import('../setup/install.mjs').Setup} setup
 * @throws {Refusal} names what is missing
 */
export async function ensureTools({ family, report }) {
  const missing = missingPackages((program) => isOnPath(program));
  const wanted = [...missing, ...missingLibraries(isLibrary)];
  if (wanted.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    const advice = `install with "sudo ${command}" (or your system's own way)`;
    if (missing.length === 0)
      return report.say(
        `The browser tests go twice as fast with ${wanted.join(' and ')}, which this machine lacks: ${advice}.`,
      );
    throw new Refusal(
      'failed',
      `The tests need ${missing.join(' and ')}, which this machine lacks: ${advice} and run npm test again.`,
    );
  }
  report.say(`Installing ${wanted.join(' and ')} with apt …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const onLine = (/** @type {string} */ line) => report.progress(`  ${line.trim()}`);
  const update = await collect(family.start('apt-get', ['update'], { env }), onLine);
  const install = await collect(family.start('apt-get', command.split(' ').slice(1), { env }), onLine);
  if (install.code !== 0 || missingPackages((program) => isOnPath(program)).length > 0) {
    report.say(
      `${update.code === 0 ? '' : update.output}${install.output}`.trim().split('\n').slice(-10).join('\n'),
    );
    throw new Refusal('failed', `Installing ${wanted.join(' and ')} with apt failed: see the lines above.`);
  }
}
