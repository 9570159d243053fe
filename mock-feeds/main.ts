// The simulated city as a program: reads its arguments, runs until SIGTERM or SIGINT.
// Standard output carries one line, {"ready":true,"port":…}; the log goes to standard error.
import { readConfig, readEnvironment, type Config } from './config.ts';
import { createSimulation, type Simulation } from './simulation.ts';

const wall = (): number => Date.now();
const log = (event: string, facts: Readonly<Record<string, unknown>>): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date(wall()).toISOString(), event, ...facts })}\n`);
};

function fail(error: unknown): never {
  process.stderr.write(`mock-feeds: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

function configure(): Config {
  try {
    return readConfig(process.argv.slice(2), readEnvironment(), wall);
  } catch (error) {
    return fail(error);
  }
}

async function run(): Promise<void> {
  const config = configure();
  let simulation: Simulation;
  try {
    simulation = createSimulation(config, { wall, log });
    const port = await simulation.start();
    process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
  } catch (error) {
    return fail(error);
  }
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    simulation.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
    setTimeout(() => process.exit(0), 3_000).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (config.withParent) process.stdin.on('end', stop).resume();
  process.on('uncaughtException', (error) => log('error', { what: error.stack ?? error.message }));
  process.on('unhandledRejection', (reason) => log('error', { what: String(reason) }));
}

await run();
