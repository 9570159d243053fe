import { PerspectiveCamera } from 'three';
import { expect, it, vi } from 'vitest';
import { Orbit } from './orbit.ts';

const camera = new PerspectiveCamera(30, 2, 1, 5000);
const open = () => {
  const onChange = vi.fn();
  const orbit = new Orbit({ target: [0, 50, 0], fit: [500, 300], onChange });
  orbit.place(camera);
  return { orbit, onChange };
};

it('begins below the dam and shows all of it', () => {
  const { orbit } = open();
  expect(orbit.isDownstream).toBe(true);
  expect(camera.position.z).toBeGreaterThan(0);
  const away = camera.position.distanceTo({ x: 0, y: 50, z: 0 });
  expect(2 * away * Math.tan(Math.PI / 12) * 2).toBeGreaterThanOrEqual(500 - 1e-6);
});

it('turns by keys, takes no others, and never dives under the ground', () => {
  const { orbit, onChange } = open();
  expect(orbit.key('x')).toBe(false);
  expect(onChange).not.toHaveBeenCalled();
  for (let i = 0; i < 40; i++) expect(orbit.key('ArrowDown')).toBe(true);
  orbit.place(camera);
  expect(camera.position.y).toBeGreaterThan(50);
  expect(onChange).toHaveBeenCalledTimes(40);
});

it('flies to a side and then rests', () => {
  const { orbit } = open();
  orbit.show('upstream', false);
  expect(orbit.step(1000)).toBe(true);
  expect(orbit.step(1600)).toBe(true);
  expect(orbit.step(2300)).toBe(false);
  expect(orbit.isDownstream).toBe(false);
  expect(orbit.step(2400)).toBe(false);
});

it('jumps where nothing shall move, and a hand stops a flight', () => {
  const { orbit } = open();
  orbit.show('upstream', true);
  expect(orbit.isDownstream).toBe(false);
  expect(orbit.step(0)).toBe(false);
  orbit.show('downstream', false);
  orbit.drag(4, 0);
  expect(orbit.step(100)).toBe(false);
});
