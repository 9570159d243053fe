// A log that says nothing, for tests of the store.
import type { Logger } from '../kit/log.ts';

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};
