import type { Logger } from '../../server/kit/log.ts';

const said = new Set<string>();

/** The first error of each kind reaches the terminal, as one line; the rest costs nothing. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (event, fields) => {
    if (said.has(event)) return;
    said.add(event);
    process.stderr.write(`${event} ${JSON.stringify(fields ?? {})}\n`);
  },
  child: () => silent,
};
