import { expect, it } from 'vitest';
import type { AttentionModel } from '../../panels/warning-cards/cards.ts';
import { answerLine, widthOf } from './answer-line.ts';

const model: AttentionModel = {
  contact: 'live',
  cards: [
    {
      kind: 'warning',
      key: 'w',
      level: 'orange',
      event: '大雾',
      title: '大雾预警',
      areas: '朝天区、旺苍县',
      sent: '06:01',
      expires: '13:01',
      people: null,
      acks: null,
    },
    {
      kind: 'indicator',
      key: 'visibility-min',
      level: 'orange',
      title: '高速最低能见度',
      value: '200',
      unit: 'm',
      of: 'G5 K12',
      limits: '正常 ≥ 500',
      isEasing: false,
      age: '56 秒前',
    },
  ],
};

it('names what, where, how much and until when, the worst first', () => {
  expect(answerLine(model, 60, 'zh')).toBe(
    '大雾橙色预警 朝天区、旺苍县（至 13:01）；G5 K12 高速最低能见度 200 m（正常 ≥ 500）',
  );
  expect(answerLine(model, 60, 'en')).toContain('大雾 orange warning');
});

it('counts what does not fit, and says nothing where nothing fits or deviates', () => {
  expect(answerLine(model, 30, 'zh')).toBe('大雾橙色预警 朝天区、旺苍县（至 13:01）；另 1 项');
  expect(answerLine(model, 10, 'zh')).toBeNull();
  expect(answerLine({ ...model, cards: [] }, 60, 'zh')).toBeNull();
});

it('reckons digits at about half a character', () => {
  expect(widthOf('大雾')).toBe(2);
  expect(widthOf('20')).toBeCloseTo(1.1);
});
