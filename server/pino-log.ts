// The logger port on pino: one JSON line an event, on stderr, so that stdout stays for the ready line.
import pino from 'pino';
import type { Logger } from './kit/log.ts';

export function createLogger(level: string): Logger {
  return port(
    pino(
      { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ fd: 2, sync: true }),
    ),
  );
}

function port(log: pino.Logger): Logger {
  return {
    debug: (event, fields) => log.debug(fields ?? {}, event),
    info: (event, fields) => log.info(fields ?? {}, event),
    warn: (event, fields) => log.warn(fields ?? {}, event),
    error: (event, fields) => log.error(fields ?? {}, event),
    child: (fields) => port(log.child(fields)),
  };
}
