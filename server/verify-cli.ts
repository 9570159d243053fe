// npm run verify [-- --data-dir <folder>] [--json]: audits every log of records and names what was done to it. Exit code 1:
// something was; 2: wrong use, or the store could not be asked.
import { CodedError } from '../contracts/errors.ts';
import { ConfigError, readConfig } from './config.ts';
import { describeVerified, verifyFolder } from './store/verify.ts';

const USAGE = `Usage: npm run verify -- [--data-dir <folder>] [--city <id>] [--config <file>] [--json]

  --data-dir  where data is kept (default .data)
  --city      one city only (default: every city of the folder; with PostgreSQL the city of the settings)
  --config    settings file, where records lie in PostgreSQL
  --json      one JSON document instead of text
`;

async function run(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const isJson = args.includes('--json');
  const config = readConfig(args.filter((arg) => arg !== '--json'));
  if (!config) return 0;
  const isOne = config.storeUrl !== null || args.some((arg) => /^--city(=|$)/.test(arg));
  const { dataDir, storeUrl } = config;
  const found = await verifyFolder({ dataDir, city: isOne ? config.city : null, url: storeUrl });
  const ok = found.every(({ faults }) => faults.length === 0);
  if (isJson) process.stdout.write(`${JSON.stringify({ ok, logs: found })}\n`);
  else if (found.length === 0) process.stdout.write(`${dataDir} holds no records\n`);
  else process.stdout.write(`${found.map(describeVerified).join('\n')}\n`);
  return ok ? 0 : 1;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const isPlain = error instanceof CodedError || error instanceof ConfigError;
  process.stderr.write(`${isPlain ? error.message : String((error as Error).stack)}\n`);
  return 2;
});
