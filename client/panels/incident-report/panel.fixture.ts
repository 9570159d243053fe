import { title } from '../../../contracts/declare.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import ReportForm from './ReportForm.vue';

const propsOf = (at: readonly [number, number] | null) => ({
  at,
  place: at ? '甲镇' : '',
  report: () => Promise.resolve({ outcome: 'refused', refusal: refusalOf(0, '') }),
});
const form = title('是一张空表，没有外部数据', 'A form: nothing of it comes from a source');

export const fixture = defineFixture({
  view: ReportForm,
  props: () => propsOf([105.82, 32.43]),
  never: { late: form, stale: form, down: form, off: form },
  more: { 'without a place': () => propsOf(null) },
});
