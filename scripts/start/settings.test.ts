import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repositoryRoot } from '../setup/processes.mjs';
import { parseArguments } from './arguments.mjs';
import { resolveSettings, type StartSettings } from './settings.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'settings-'));
  for (const city of ['tiny', 'other']) {
    mkdirSync(path.join(root, 'cities', city), { recursive: true });
    writeFileSync(path.join(root, 'cities', city, 'city.yaml'), '');
  }
  mkdirSync(path.join(root, 'cities/tools'));
  symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(root, 'node_modules'));
  writeFileSync(path.join(root, 'package.json'), '{"config": {"city": "tiny"}}');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function resolve(config: string | null, ...argv: string[]): Promise<StartSettings> {
  const file = path.join(root, 'c.yaml');
  if (config !== null) writeFileSync(file, config);
  return resolveSettings(root, parseArguments(config === null ? argv : ['--config', file, ...argv]));
}

test('defaults', async () => {
  expect(await resolve(null)).toEqual({
    city: 'tiny',
    host: '127.0.0.1',
    port: 8080,
    dataDir: path.join(root, '.data'),
    webhookKeyEnv: 'COCKPIT_WEBHOOK_KEY',
    scale: 1,
    seed: '1',
    demo: true,
  });
});

test('the command line wins over the environment, that over the file', async () => {
  const config = 'port: 1111\nhost: "::1"\ncity: other\ndemo: false\nwebhook: { keyEnv: MY_KEY }\n';
  vi.stubEnv('COCKPIT_PORT', '2222');
  vi.stubEnv('COCKPIT_HOST', '0.0.0.0');
  const settings = await resolve(config, '--port', '3333');
  expect(settings).toMatchObject({
    port: 3333,
    host: '0.0.0.0',
    city: 'other',
    demo: false,
    webhookKeyEnv: 'MY_KEY',
  });
});

test.each([
  ['port: 70000', /The setting port is 70000/],
  ['port: "8080"', /The setting port is "8080"/],
  ['host: 5', /The setting host is 5/],
  ['city: tools', /There is no city tools/],
  ['- a', /must hold keys and values/],
  ['a: [', /is not YAML/],
])('%s is refused', async (config, sentence) => {
  await expect(resolve(config)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(sentence),
  });
});
