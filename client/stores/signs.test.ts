import { describe, expect, it } from 'vitest';
import { FIXTURE_NOW, readingsIn, trendsIn } from './indicators.fixture.ts';
import { signRows, signs, type SignSources } from './signs.ts';

const slugs = signs.map(({ slug }) => slug);
const sources = (state: string): SignSources => ({
  readings: readingsIn(state, slugs),
  trends: trendsIn(state, slugs),
  down: state === 'down',
  waiting: false,
  now: FIXTURE_NOW,
  locale: 'zh',
});

describe('vital signs', () => {
  it('stand in their order, whatever their values', () => {
    expect(signRows(sources('live')).map(({ title }) => title.zh)).toEqual([
      '舆情',
      '治安',
      '环境',
      '交通',
      '公共服务',
      '经济运行',
      '产业发展',
      '项目投资',
    ]);
  });
  it.each(['off', 'down', 'empty', 'waiting'])('show no digit when %s', (state) => {
    const rows = signRows(sources(state));
    expect(
      rows.every(({ text, level, samples }) => text === null && level === null && samples.length === 0),
    ).toBe(true);
  });
  it('name why there is no value', () => {
    expect(signRows(sources('off'))[0]?.state).toBe('off');
    expect(signRows(sources('down'))[0]?.state).toBe('down');
    expect(signRows(sources('empty'))[0]?.state).toBe('few');
    expect(signRows(sources('waiting'))[0]?.state).toBe('waiting');
    expect(signRows({ ...sources('off'), waiting: true })[0]?.state).toBe('waiting');
  });
  it('have one decimal, and a level when they deviate', () => {
    const [first, second] = signRows(sources('live'));
    expect([first?.text, first?.level]).toEqual(['91.0', null]);
    expect([second?.text, second?.level]).toEqual(['78.1', 'yellow']);
  });
  it('keep a stale value without level or line', () => {
    expect(signRows(sources('stale'))[1]).toMatchObject({
      state: 'stale',
      text: '78.1',
      level: null,
      samples: [],
    });
  });
  it('call a value late after two periods', () => expect(signRows(sources('late'))[0]?.state).toBe('late'));
  it('tell the change against yesterday only beside a line that begins there', () => {
    expect(signRows(sources('live'))[0]?.change).toMatch(/^[+−±]\d+\.\d$/);
    expect(signRows({ ...sources('live'), trends: new Map() })[0]?.change).toBeNull();
  });
});
