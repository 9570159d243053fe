import { readFileSync } from 'node:fs';

/** Which city a checkout shows is a setting of it, not of the code. */
export function packageFacts(): { version: string; config?: { city?: string } } {
  const file = new URL('../package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as { version: string; config?: { city?: string } };
}
