import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, helpText, readConfig } from './config.ts';

function settingsFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'settings.yaml');
  writeFileSync(file, text);
  return file;
}

test('defaults, then file, then flags, then environment', () => {
  const file = settingsFile('city: alpha\nport: 1000\nhost: "::1"\nlogLevel: warn\nmqtt: { port: 5 }\n');
  const config = readConfig(['--config', file, '--port', '2000', '--mqtt-port', '0'], {
    COCKPIT_LOG_LEVEL: 'error',
  });
  expect(config).toMatchObject({ city: 'alpha', port: 2000, host: '::1', logLevel: 'error' });
  expect(config?.mqtt).toEqual({ mode: 'embedded', port: 0 });
  expect(config?.tick.peaceMs).toBe(1000);
});

test('the webhook key comes from the named variable only', () => {
  expect(readConfig(['--city', 'a', '--webhook-key-env', 'K'], { K: 'secret' })?.webhookKey).toBe('secret');
  expect(readConfig(['--city', 'a'], {})?.webhookKey).toBeNull();
});

test('records lie in the data folder, or where the named variable says', () => {
  expect(readConfig(['--city', 'a'], { COCKPIT_STORE_URL: 'postgres://h/d' })?.storeUrl).toBeNull();
  const file = settingsFile('city: a\nstore: { kind: postgres, urlEnv: DB }\n');
  expect(readConfig(['--config', file], { DB: 'postgres://h/d' })?.storeUrl).toBe('postgres://h/d');
  expect(() => readConfig(['--config', file], {})).toThrow(
    /variable DB holds no address: set it to postgres:/,
  );
});

test.each([
  ['prot: 1\ncity: a', /settings\.yaml: prot: unknown key: did you mean port\?/],
  ['city: a\nmqtt: { prt: 1 }', /mqtt\.prt: unknown key: did you mean port\?/],
  ['city: a\nport: 70000', /port/],
  ['- 1', /keys and values/],
  ['city: a\nmqtt: { mode: external }', /needs url/],
  ['a: [', /not YAML/],
])('refuses %j', (text, message) => {
  const file = settingsFile(text);
  expect(() => readConfig(['--config', file], {})).toThrow(ConfigError);
  expect(() => readConfig(['--config', file], {})).toThrow(message);
});

test.each([
  [['--hots', '::'], /--hots is unknown: did you mean --host\?/],
  [['--port'], /--port needs a value/],
  [['run'], /"run" is no option/],
  [['--port', 'many', '--city', 'a'], /port/],
  [['--city', 'A B'], /city: use the name of a folder/],
])('refuses %j', (argv, message) => {
  expect(() => readConfig(argv, {})).toThrow(message);
});

test('feeds keep their own settings for the feed to check', () => {
  const file = settingsFile('city: a\nfeeds: { noise: { enabled: false, url: "http://x/" } }');
  expect(readConfig(['--config', file], {})?.feeds.noise).toEqual({ enabled: false, url: 'http://x/' });
});

test('help lists every flag', () => {
  expect(readConfig(['--help'], {})).toBeNull();
  expect(helpText).toContain('--jtt808-port');
});
