import { describe, expect, it } from 'vitest';
import { nextOf, PAUSE_MS, Rotation } from './rotation.ts';

const STAND = 30_000;

describe('scenes in turn', () => {
  it('change when their time is over, and tell how much of it has passed', () => {
    const rotation = new Rotation();
    expect(rotation.pass(15_000, STAND)).toBe(false);
    expect(rotation.share(STAND)).toBe(0.5);
    expect(rotation.pass(15_000, STAND)).toBe(true);
    expect(rotation.share(STAND)).toBe(0);
  });
  it('wait after a touch and go on where they were', () => {
    const rotation = new Rotation();
    rotation.pass(20_000, STAND);
    rotation.touch();
    expect(rotation.pass(PAUSE_MS - 1, STAND)).toBe(false);
    expect(rotation.phase).toBe('paused');
    rotation.pass(1, STAND);
    expect(rotation.phase).toBe('turning');
    expect(rotation.pass(10_000, STAND)).toBe(true);
  });
  it('stand still for what must be seen, whoever touches the wall, until told to go on', () => {
    const rotation = new Rotation();
    rotation.pass(20_000, STAND);
    rotation.hold();
    rotation.touch();
    expect(rotation.pass(10 * PAUSE_MS, STAND)).toBe(false);
    expect(rotation.phase).toBe('held');
    rotation.resume();
    expect(rotation.share(STAND)).toBe(0);
    expect(rotation.pass(STAND, STAND)).toBe(true);
  });
  it('come back to the first after the last', () => {
    expect(nextOf(['a', 'b', 'c'], 'c')).toBe('a');
    expect(nextOf(['a', 'b', 'c'], 'a')).toBe('b');
    expect(nextOf(['a', 'b'], 'gone')).toBe('a');
    expect(nextOf(['a'], 'a')).toBeNull();
  });
});
