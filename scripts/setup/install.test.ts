import { expect, test } from 'vitest';
import { createNetworkWatch, explainInstallFailure, withoutRequests } from './install-failure.mjs';
import { sameInstall } from './install.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/vue': { version: '3.5.0' },
  'node_modules/fsevents': { version: '2.3.3', optional: true },
};

test('installed is what the lockfile names, optional packages of other systems aside', () => {
  expect(sameInstall(wanted, { 'node_modules/vue': { version: '3.5.0' } })).toBe(true);
  expect(sameInstall(wanted, { 'node_modules/vue': { version: '3.4.9' } })).toBe(false);
  expect(sameInstall(wanted, {})).toBe(false);
  const otherOptional = {
    'node_modules/vue': { version: '3.5.0' },
    'node_modules/fsevents': { version: '1.0.0' },
  };
  expect(sameInstall(wanted, otherOptional)).toBe(false);
});

test.each([
  [
    'npm error code ENOTFOUND\nnpm error network request to https://x failed',
    'install',
    /registry cannot be reached/,
  ],
  ['npm error code EAI_AGAIN', 'install', /registry cannot be reached/],
  ['npm error code E404\nnpm error 404 Not Found', 'install', /did not hand out a package/],
  ['npm error code EINTEGRITY', 'install', /did not hand out a package/],
  ['npm error ENOSPC: no space left on device, write', 'disk', /disk is full/],
  ['npm error code EACCES\nnpm error syscall mkdir', 'permission', /may not write/],
  [
    'npm error `npm ci` can only install packages when your package.json and package-lock.json',
    'install',
    /do not agree/,
  ],
  ['spawn npm ENOENT', 'install', /npm is not in the path/],
  ['npm error something new', 'install', /npm error something new/],
  ['', 'install', /npm said nothing/],
])('%j is explained in one sentence', (output, kind, sentence) => {
  const refusal = explainInstallFailure(output, '.cache/install.log');
  expect(refusal).toMatchObject({ kind, message: expect.stringMatching(sentence) });
  expect(refusal.message).toContain('.cache/install.log');
  expect(refusal.message).not.toContain('\n');
});

test('without any answer of the registry npm is not waited for', () => {
  const failed = 'npm http fetch GET https://registry.example/vue attempt 1 failed with EAI_AGAIN';
  const isHopeless = createNetworkWatch();
  for (let request = 1; request < 20; request += 1) expect(isHopeless(failed)).toBe(false);
  expect(isHopeless(failed)).toBe(true);
  expect(explainInstallFailure(failed, 'log').message).toMatch(/registry cannot be reached/);

  const isAnswered = createNetworkWatch();
  expect(isAnswered('npm http fetch GET 200 https://registry.example/vue 120ms (cache miss)')).toBe(false);
  for (let request = 0; request < 40; request += 1) expect(isAnswered(failed)).toBe(false);
});

test('requests that npm made again do not explain what went wrong in the end', () => {
  const output =
    'npm http fetch GET https://registry.example/vue attempt 1 failed with ECONNRESET\nnpm error code E404\n';
  expect(explainInstallFailure(withoutRequests(output), 'log').message).toMatch(/did not hand out a package/);
});
