import { title } from '../../../contracts/declare.ts';
import { STORY } from '../../stores/script.fixture.ts';
import { defineFixture } from '../panel.ts';
import type { Playing } from './playing.ts';
import PlayTransport from './PlayTransport.vue';

const local = title(
  '控制的是演示世界，没有来源状态',
  'It is a world that is controlled: no feed is behind it',
);
const usual: Playing = {
  ...{ state: 'running', speed: 60, loops: false, captions: true },
  ...{ voice: 'off', isHeld: false },
};
const propsOf = (
  playing: Partial<Playing>,
  more: { readonly steered?: boolean; readonly atS?: number } = {},
) => ({
  ...{ chapters: STORY.chapters, durationS: STORY.durationS, zeroS: 7200, clock: '10:40' },
  ...{ atS: more.atS ?? 9600, steered: more.steered ?? false },
  playing: { ...usual, ...playing },
});

export const fixture = defineFixture({
  view: PlayTransport,
  props: (state) =>
    state === 'empty' ? { ...propsOf({}, { atS: 0 }), chapters: [] } : propsOf({ speed: 60 }),
  never: { late: local, stale: local, down: local, off: local },
  more: {
    chosen: () => propsOf({ loops: true, voice: 'none', speed: 1 }, { steered: true }),
    waiting: () => propsOf({ state: 'seeking' }),
    failed: () => propsOf({ state: 'failed' }),
    done: () => propsOf({ state: 'ended' }, { atS: 36_000 }),
  },
});
