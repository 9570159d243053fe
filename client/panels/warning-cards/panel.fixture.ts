import { warning } from '../../../contracts/layers/warning.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { EVERYTHING } from '../../stores/answer.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { attentionModel } from './cards.ts';
import WarningStack from './WarningStack.vue';

const HOUR = 3_600_000;
const NAMES: Readonly<Record<string, string>> = { '1': '甲区', '2': '乙县', '3': '丙县', '4': '丁县' };
const samples = [
  ['w1', 'orange', '暴雨', '市气象台发布暴雨橙色预警', ['2', '1']],
  ['w2', 'yellow', '大雾', '市气象台变更为大雾黄色预警', ['1', '2', '3', '4']],
  ['w3', 'blue', '地质灾害', '应急管理局发布地质灾害蓝色预警', ['3']],
  ['w4', null, '停水', '供水公司停水通告', ['4']],
] as const;

function table(): LayerTable<(typeof warning)['columns']> {
  const rows = new LayerTable(warning);
  for (const [i, [key, severity, event, headline, codes]] of samples.entries()) {
    rows.put({
      key,
      validAt: FIXTURE_NOW - i * HOUR,
      regionCode: '',
      quality: 'good',
      source: 'warning',
      synthetic: true,
      values: {
        position: null,
        area: null,
        title: headline,
        event,
        eventCode: null,
        severity,
        urgency: 'expected',
        certainty: 'likely',
        status: 'actual',
        sender: null,
        issuedBy: key,
        areaNames: [],
        geocodes: [...codes],
        sentAt: FIXTURE_NOW - (i + 1) * HOUR,
        onsetAt: null,
        expiresAt: key === 'w3' ? null : FIXTURE_NOW + (i + 4) * HOUR,
        description: null,
        instruction: null,
      },
    });
  }
  return rows;
}

const CONTACT = {
  live: 'live',
  late: 'late',
  stale: 'stale',
  down: 'down',
  off: 'off',
  empty: 'quiet',
} as const;

export const fixture = defineFixture({
  view: WarningStack,
  props: (state) => ({
    model: attentionModel({
      deviating: [],
      facts: new Map(),
      acks: new Map([['w1', { acknowledged: 35, asked: 36, isLate: true }]]),
      table: state === 'off' || state === 'empty' ? null : table(),
      contact: CONTACT[state],
      now: FIXTURE_NOW,
      timeZone: 'Asia/Shanghai',
      locale: 'zh',
      order: Object.keys(NAMES),
      answer: EVERYTHING,
      nameOf: (code) => NAMES[code] ?? null,
      peopleOf: (key) => (key === 'w1' ? 412_300 : null),
    }),
  }),
});
