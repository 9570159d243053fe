// The product as it is shipped, running for a bench: the client built, the server and the simulated city on free ports.
import { resolve } from 'node:path';
import { build } from 'vite';
import { RunningCity } from '../e2e/kit/processes.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Share of the default number of moving objects: the load of the sources must not be what is measured. */
const SCALE = 0.2;

export const CLIENT_FOLDER = resolve(ROOT, 'dist/client');

/** @param use is given the address of the cockpit */
export async function withProduct<T>(use: (url: string) => Promise<T>): Promise<T> {
  await build({ root: ROOT, logLevel: 'error' });
  const city = await RunningCity.start({ scale: SCALE });
  try {
    return await use(city.url);
  } finally {
    await city.stop();
  }
}
