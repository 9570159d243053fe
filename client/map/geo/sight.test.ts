import { describe, expect, it } from 'vitest';
import { hiddenByRelief } from './sight.ts';

/** A plain of 500 m with a wall of 2,000 m between 105.49° and 105.51°. */
const heights = { at: (lon: number) => (lon > 105.49 && lon < 105.51 ? 2000 : 500) };
const ground = { heights, exaggeration: 1, slackM: 50 };
const place = { lon: 105.6, lat: 32, heightM: 500 };

describe('sight over the relief', () => {
  it.each([
    ['low before the wall', 105.3, 900, true],
    ['high above it', 105.3, 9000, false],
    ['low on the same side', 105.55, 900, false],
  ])('%s', (_, lon, heightM, hidden) => {
    expect(hiddenByRelief({ lon, lat: 32, heightM }, place, ground)).toBe(hidden);
  });

  it('sees over a wall that is not raised and not over one that is', () => {
    const eye = { lon: 105.3, lat: 32, heightM: 6500 };
    expect(hiddenByRelief(eye, place, ground)).toBe(false);
    const raised = { ...ground, exaggeration: 1.7 };
    expect(hiddenByRelief(eye, { ...place, heightM: 850 }, raised)).toBe(true);
  });

  it('forgives what the raster cannot know', () => {
    const eye = { lon: 105.3, lat: 32, heightM: 900 };
    expect(hiddenByRelief(eye, place, { ...ground, slackM: 2000 })).toBe(false);
  });
});
