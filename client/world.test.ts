import { describe, expect, it, test } from 'vitest';
import { ofWorld, worldOf } from './world.ts';

const of = (path: string) => {
  const { pathname, search } = new URL(path, 'http://cockpit');
  return worldOf(pathname, new URLSearchParams(search));
};

describe('the world of an address', () => {
  test.each([
    ['/wall', 'live'],
    ['/wall?world=', 'live'],
    ['/desk?scene=traffic&world=demo-7', 'demo-7'],
    [`/wall?world=${'x'.repeat(41)}`, 'live'],
    ['/play', null],
    ['/play/?scenario=p2', null],
    ['/play?scenario=p2&world=demo-7', 'demo-7'],
    ['/playback', 'live'],
  ])('%s → %s', (path, world) => expect(of(path)).toBe(world));
});

describe('what is asked of the server', () => {
  it('names a world beside live, and live by saying nothing', () => {
    expect(ofWorld('/api/feeds', 'live')).toBe('/api/feeds');
    expect(ofWorld('/api/feeds', null)).toBe('/api/feeds');
    expect(ofWorld('/api/feeds', 'a b')).toBe('/api/feeds?world=a%20b');
    expect(ofWorld('/api/layers/x?format=geojson', 'd1')).toBe('/api/layers/x?format=geojson&world=d1');
  });
});
