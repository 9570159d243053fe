import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import SaveForm from './SaveForm.vue';

const idle = {
  range: [FIXTURE_NOW - 900_000, FIXTURE_NOW],
  timeZone: 'Asia/Shanghai',
  saving: null,
  fault: '',
  saved: null,
} as const;

export const fixture = defineFixture({
  view: SaveForm,
  props: () => idle,
  more: {
    saving: () => ({ ...idle, saving: { share: 0.4, bytes: 12_300_000 } }),
    failed: () => ({ ...idle, fault: 'HTTP 503' }),
    saved: () => ({ ...idle, saved: { name: 'guangyuan-20260715-1200.cockpit', bytes: 31e6, isFull: true } }),
  },
});
