// The server, read from top to bottom as the flow: settings → city → feeds → ingest → state → history and live side → pages.
import { flushCompileCache } from 'node:module';
import { ConfigError, helpText, readConfig } from './config.ts';
import { createLogger } from './pino-log.ts';
import { startServer } from './main/server.ts';

/** Everything still running after this is cut off. */
const STOP_WITHIN_MS = 5000;

/** For who starts the server; npm start shows it and keeps it out of its log. */
const tell = (text: string): void => void process.stdout.write(`${JSON.stringify({ once: text })}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  if (!config) {
    process.stdout.write(helpText);
    return;
  }
  const log = createLogger(config.logLevel);
  const server = await startServer(config, { log, tell });
  const stop = (signal: string): void => {
    log.info('server.stopping', { signal });
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('server.stop-failed', { error: String(error) });
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal));
  // Last: whoever reads it may stop the server at once.
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url, ports: server.ports })}\n`);
  // What was compiled is kept for the next start now (NODE_COMPILE_CACHE): a server that is killed would keep nothing.
  flushCompileCache();
}

/** Errors whose message is the whole story; of others the stack is wanted. */
const plain = new Set(['ConfigError', 'CityError', 'CodedError', 'ListenError']);

main().catch((error: unknown) => {
  const isPlain = error instanceof Error && plain.has(error.name);
  process.stderr.write(
    `${isPlain || !(error instanceof Error) ? String(error) : (error.stack ?? error.message)}\n`,
  );
  // Ports and timers that are open already must not keep a server alive that never served.
  process.exit(error instanceof ConfigError ? 2 : 1);
});
