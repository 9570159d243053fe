import { describe, expect, it } from 'vitest';
import { warning } from '../../../contracts/layers/warning.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { FIXTURE_NOW, readingsIn } from '../../stores/indicators.fixture.ts';
import { deviating } from '../../stores/indicators.ts';
import { EVERYTHING } from '../../stores/answer.ts';
import { attentionModel, namesInWords } from './cards.ts';

type Values = Parameters<LayerTable<(typeof warning)['columns']>['put']>[0]['values'];
const blank: Values = {
  position: null,
  area: null,
  title: null,
  event: '暴雨',
  eventCode: null,
  severity: 'yellow',
  urgency: null,
  certainty: null,
  status: 'actual',
  sender: null,
  issuedBy: null,
  areaNames: [],
  geocodes: [],
  sentAt: FIXTURE_NOW,
  onsetAt: null,
  expiresAt: null,
  description: null,
  instruction: null,
};

function tableOf(rows: Readonly<Record<string, Partial<Values>>>): LayerTable<(typeof warning)['columns']> {
  const table = new LayerTable(warning);
  for (const [key, values] of Object.entries(rows)) {
    const head = {
      key,
      validAt: FIXTURE_NOW,
      regionCode: '',
      quality: 'good',
      source: 'w',
      synthetic: true,
    } as const;
    table.put({ ...head, values: { ...blank, ...values } });
  }
  return table;
}

const names: Readonly<Record<string, string>> = { '510802': '利州区', '510811': '昭化区' };
const modelOf = (rows: Readonly<Record<string, Partial<Values>>>) =>
  attentionModel({
    table: tableOf(rows),
    acks: new Map([['n1', { acknowledged: 3, asked: 4, isLate: true }]]),
    contact: 'quiet',
    deviating: [],
    facts: new Map(),
    now: FIXTURE_NOW,
    timeZone: 'Asia/Shanghai',
    locale: 'zh',
    order: Object.keys(names),
    answer: EVERYTHING,
    nameOf: (code) => names[code] ?? null,
    peopleOf: (key) => (key === 'a' ? 310_400 : null),
  });

describe('cards of what needs attention', () => {
  it('put the worst first, then the newest', () => {
    const { cards } = modelOf({
      a: { severity: 'blue' },
      b: { severity: null },
      c: { severity: 'red' },
      d: { severity: 'yellow', sentAt: FIXTURE_NOW - 1000 },
      e: { severity: 'yellow' },
    });
    expect(cards.map(({ key }) => key)).toEqual(['c', 'e', 'd', 'a', 'b']);
  });
  it('say which are warnings, once', () => {
    const { cards } = modelOf({ a: { event: '暴雨' }, b: { event: '暴雨黄色预警' } });
    expect(cards.map((card) => card.title).sort()).toEqual(['暴雨预警', '暴雨黄色预警']);
  });
  it('leave out exercises and what has expired', () => {
    const { cards } = modelOf({
      a: { status: 'exercise' },
      b: { status: 'test' },
      c: { expiresAt: FIXTURE_NOW - 1000 },
      d: { expiresAt: FIXTURE_NOW + 1000 },
    });
    expect(cards.map(({ key }) => key)).toEqual(['d']);
  });
  it('join the areas of one bulletin in the order of the city', () => {
    const { cards } = modelOf({
      a: { issuedBy: 'n1', geocodes: ['510811'] },
      b: { issuedBy: 'n1', geocodes: ['510802101'] },
    });
    expect(cards).toMatchObject([
      { areas: '利州区、昭化区', sent: '18:20', expires: null, acks: { acknowledged: 3, asked: 4 } },
    ]);
  });
  it('say who is in all areas of a bulletin that were counted', () => {
    const { cards } = modelOf({ a: { issuedBy: 'n1' }, b: { issuedBy: 'n1' }, c: { severity: 'red' } });
    expect(cards).toMatchObject([
      { key: 'c', people: null },
      { key: 'a', people: expect.stringMatching(/^31\s万$/) },
    ]);
  });
  it('use the words of the sender outside the counties', () => {
    expect(modelOf({ a: { geocodes: ['999999'], areaNames: ['某流域'] } }).cards).toMatchObject([
      { areas: '某流域' },
    ]);
  });
});

it('says that a value is back where nothing is wrong while its level lasts, after what still deviates', () => {
  const [y] = [...readingsIn('live', ['y']).values()];
  if (!y) throw new Error('no reading');
  const facts = (slug: string, limits: readonly number[]) =>
    [
      slug,
      { slug, title: { zh: slug, en: slug }, unit: { zh: '', en: '' }, direction: 'down', limits },
    ] as never;
  const { cards } = attentionModel({
    ...{
      acks: new Map(),
      table: null,
      contact: 'quiet',
      now: FIXTURE_NOW,
      timeZone: 'Asia/Shanghai',
      locale: 'zh',
    },
    ...{ order: [], answer: EVERYTHING, nameOf: () => null, peopleOf: () => null },
    deviating: [
      { ...y, slug: 'eases', value: 3 },
      { ...y, slug: 'lasts', value: 30 },
    ],
    facts: new Map([facts('eases', [4, 6, 8]), facts('lasts', [4, 6, 8])]),
  });
  expect(cards).toMatchObject([
    { key: 'lasts', limits: '正常 ≤ 4' },
    { key: 'eases', limits: '已回正常，待稳定' },
  ]);
});

it('shortens a long list by rule', () => {
  expect(namesInWords(['甲', '乙', '丙', '丁'], 'zh')).toBe('甲、乙、丙 等 4 处');
  expect(namesInWords(['A', 'B', 'C', 'D'], 'en')).toBe('A and 3 more');
});

describe('deviating indicators', () => {
  const readings = [...readingsIn('live', ['x', 'y']).values()];
  it('are those at yellow or worse', () => {
    expect(deviating(readings, () => true).map(({ slug }) => slug)).toEqual(['y']);
  });
  it('are not indices of other indicators, nor the count of warnings', () => {
    expect(deviating(readings, () => false)).toEqual([]);
    expect(
      deviating(
        readings.map((one) => ({ ...one, inputs: ['warning'] })),
        () => true,
      ),
    ).toEqual([]);
  });
});
