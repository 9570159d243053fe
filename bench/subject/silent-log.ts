import type { Logger } from '../../server/kit/log.ts';

/** Errors reach the terminal, as one line; the rest costs nothing. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (event, fields) => void process.stderr.write(`${event} ${JSON.stringify(fields ?? {})}\n`),
  child: () => silent,
};
