import { describe, expect, it } from 'vitest';
import { nearest } from '../kit/nearest-word.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import { readScene, type SceneWords } from './read-scene.ts';

const words: SceneWords = {
  layers: new Set(['river-gauge', 'warning']),
  indicators: new Set(['tpi', 'aqi']),
  placeOf: (id) => (id === 'g-upper' ? [105.7, 32.3] : null),
  core: { centre: [105.8, 32.4], heightM: 14_000 },
  nearest,
};

const good = `title: { zh: 甲, en: A }
question: { zh: 好吗？, en: Well? }
key: 1
menu: overview
answer:
  calm: { zh: 好, en: Well }
  indicators: [tpi]
camera: { centre: g-upper }
layers:
  - warning
  - { layer: river-gauge, opacity: 0.5 }
panels:
  left: [city-index, { panel: gauge-list, with: { rows: 4 } }]
overrides:
  crisis:
    camera: { centre: affected }
`;

function refusal(text: string): string {
  try {
    readScene(text, 'scenes/x/scene.yaml', words);
  } catch (error) {
    if (error instanceof WrittenFileError) return `${error.where} ${error.message}`;
    throw error;
  }
  return '';
}

describe('a scene', () => {
  it('is read whole: short forms become long ones, a place becomes degrees, names for screens stay', () => {
    const scene = readScene(good, 'scenes/x/scene.yaml', words);
    expect(scene.camera).toEqual({ centre: [105.7, 32.3], pitchDeg: -56 });
    expect(scene.layers).toEqual([
      { layer: 'warning', opacity: 1 },
      { layer: 'river-gauge', opacity: 0.5 },
    ]);
    expect(scene.panels.left).toEqual([
      { panel: 'city-index', with: {} },
      { panel: 'gauge-list', with: { rows: 4 } },
    ]);
    expect(scene.overrides.crisis?.camera?.centre).toBe('affected');
  });
  it('takes centre and height of the core from the city', () => {
    const scene = readScene(good.replace('g-upper', 'core'), 'x', words);
    expect(scene.camera).toEqual({ centre: [105.8, 32.4], heightM: 14_000, pitchDeg: -56 });
  });
});

it.each([
  ['broken YAML', good.replace('key: 1', 'key: [1'), /^scenes\/x\/scene\.yaml:4:1 .*correct the YAML/],
  [
    'a field that is not there',
    good.replace('key: 1', 'kee: 1\nkey: 1'),
    /^scenes\/x\/scene\.yaml:3:6 kee: there is no such field/,
  ],
  [
    'a wrong type',
    good.replace('key: 1', 'key: one'),
    /^scenes\/x\/scene\.yaml:3:6 key: .*see scenes\/scene\.schema\.json/,
  ],
  ['a value out of range', good.replace('0.5', '7'), /^scenes\/x\/scene\.yaml:11:36 layers\.1\.opacity: /],
  ['a missing field', good.replace('menu: overview\n', ''), /^scenes\/x\/scene\.yaml:1:1 menu: /],
  [
    'a layer nobody knows',
    good.replace('- warning', '- warnings'),
    /^scenes\/x\/scene\.yaml:10:5 .*did you mean warning\?/,
  ],
  [
    'an indicator nobody knows',
    good.replace('[tpi]', '[tpx]'),
    /^scenes\/x\/scene\.yaml:7:16 .*did you mean tpi\?/,
  ],
  [
    'a place of another city',
    good.replace('g-upper', 'g-lower'),
    /^scenes\/x\/scene\.yaml:8:19 .*gazetteer\.csv/,
  ],
])('%s is refused at its line and column, with what to do', (_what, text, message) => {
  expect(refusal(text)).toMatch(message);
});
