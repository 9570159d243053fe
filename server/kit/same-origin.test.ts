import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

test.each([
  [{ host: 'city.gov:8080' }, true],
  [{ host: 'city.gov:8080', origin: 'https://city.gov:8080' }, true],
  [{ host: 'city.gov:8080', origin: 'http://city.gov' }, false],
  [{ host: 'city.gov', origin: 'https://evil.example' }, false],
  [{ host: 'city.gov', origin: 'null' }, false],
  [{ host: 'city.gov', 'sec-fetch-site': 'cross-site' }, false],
  [{ host: 'city.gov', 'sec-fetch-site': 'same-site' }, false],
  [{ host: 'city.gov', 'sec-fetch-site': 'same-origin' }, true],
])('%j → %s', (headers, isSame) => {
  expect(isSameOrigin(headers)).toBe(isSame);
});
