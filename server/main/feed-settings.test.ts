import { expect, test } from 'vitest';
import { loadCity } from '../../cities/load.ts';
import { readConfig } from '../config.ts';
import noise from '../feeds/noise/feed.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { setUpFeeds } from './feed-settings.ts';

test.each([
  ['nowhere to ask: not connected', [], {}, false],
  ['below the base', ['--feeds-base', 'http://127.0.0.1:1/'], {}, true],
  ['an address of its own', [], { url: 'https://noise.example.org/now' }, true],
  ['switched off', ['--feeds-base', 'http://127.0.0.1:1/'], { enabled: false }, false],
])('%s', (_, flags, settings, isEnabled) => {
  const config = readConfig(['--city', 'testville', ...flags], {});
  if (!config) throw new Error('no settings');
  const feeds = new Map<string, FeedDefinition>([['noise', noise]]);
  const [setup] = setUpFeeds(feeds, loadCity('testville'), {
    ...config,
    feeds: { noise: { enabled: true, ...settings } },
  });
  expect(setup?.enabled).toBe(isEnabled);
});
