// npm run backup -- <file>: everything a city keeps as one file, of a running server too; --restore <file>: back into an empty
// place. Exit code 1: it could not be done, nothing was changed; 2: wrong use.
import path from 'node:path';
import { CodedError } from '../contracts/errors.ts';
import { ConfigError, readConfig } from './config.ts';
import { createSystemClock } from './kit/clock.ts';
import { backUp } from './main/backup.ts';
import type { Manifest } from './main/backup.ts';
import { restoreBackup } from './main/restore.ts';

const USAGE = `Usage: npm run backup -- <file> [--data-dir <folder>] [--city <id>] [--config <file>]
       npm run backup -- --restore <file> --data-dir <folder> [--config <file>]

  <file>      what to write (it must not exist), a tar archive packed with gzip
  --restore   what to read; the city's folder in the data folder must be empty or not there
  --data-dir  where data is kept (default .data)
  --city      the city to back up (default: that of the settings)
  --config    settings file, where records lie in PostgreSQL
`;

interface Asked {
  readonly file: string;
  readonly isRestore: boolean;
  readonly settings: readonly string[];
}

/** The file may stand anywhere between the settings. @throws ConfigError */
function read(args: readonly string[]): Asked {
  const settings: string[] = [];
  const files: string[] = [];
  let isRestore = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--restore') isRestore = true;
    else if (arg.startsWith('--restore=')) {
      isRestore = true;
      files.push(arg.slice('--restore='.length));
    } else if (arg.startsWith('--')) {
      settings.push(arg);
      if (!arg.includes('=') && at + 1 < args.length) settings.push(args[(at += 1)] ?? '');
    } else files.push(arg);
  }
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new ConfigError(`name one file\n\n${USAGE}`);
  return { file, isRestore, settings };
}

async function run(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return;
  }
  const { file, isRestore, settings } = read(args);
  const config = readConfig(settings);
  if (!config) return;
  const { dataDir, city, storeUrl: url, build } = config;
  if (isRestore) {
    if (!settings.some((arg) => /^--data-dir(=|$)/.test(arg)))
      throw new ConfigError('--restore needs --data-dir <folder>: say where to restore to');
    const manifest = await restoreBackup(file, { dataDir, url });
    process.stdout.write(
      `${file} is restored into ${path.join(dataDir, manifest.city)}\n${headsIn(manifest)}`,
    );
    return;
  }
  const now = createSystemClock().now();
  const made = await backUp({ folder: path.join(dataDir, city), city, url }, file, { build, now });
  process.stdout.write(
    `${file}: ${made.files} files of ${city}, ${made.bytes} bytes before packing\n${headsIn(made)}`,
  );
}

const headsIn = ({ heads }: Manifest): string =>
  heads.map(({ world, seq, hash }) => `  ${world}: ${seq} entries, head ${hash}\n`).join('');

await run(process.argv.slice(2)).catch((error: unknown) => {
  const isPlain = error instanceof CodedError || error instanceof ConfigError;
  process.stderr.write(`${isPlain ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
});
