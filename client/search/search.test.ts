import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { fitOf, latinFit, latinOf, plain } from './match.ts';
import { readingOf } from './reading.ts';
import { SearchIndex } from './search-index.ts';
import { namedOfPlace } from './place-names.ts';

describe('a reading', () => {
  it('follows the context of a name', () => {
    expect(readingOf('重庆').syllables.join(' ')).toBe('chong qing');
    expect(readingOf('G5京昆高速').syllables).toEqual(['g', '5', 'jing', 'kun', 'gao', 'su']);
  });
});

describe('a fit', () => {
  test.each([
    ['广元市', '广元', [0, 2]],
    ['广元市', 'gys', [0, 3]],
    ['广元市', 'guangyuan', [0, 2]],
    ['广元市', 'guangyu', [0, 2]],
    ['广元市', '广y', [0, 2]],
    ['昭化区', 'zhhq', [0, 3]],
    ['嘉陵江', 'lingj', [1, 3]],
    ['川H12345', 'h123', [1, 5]],
  ])('%s answers to %s', (name, query, [from, to]) =>
    expect(fitOf(readingOf(name), query)).toMatchObject({ from, to }),
  );
  test.each([
    ['广元市', 'gx'],
    ['嘉陵江', '江嘉'],
    ['川H12345', '999'],
  ])('%s does not answer to %s', (name, query) => expect(fitOf(readingOf(name), query)).toBeNull());

  it('takes no notice of blanks, width and marks', () => expect(plain("Ｘi' an  北")).toBe('xian北'));
  it('reads Latin names from the beginning of their words', () => {
    expect(latinFit(latinOf('Jialing River'), 'river')).toBeGreaterThan(0);
    expect(latinFit(latinOf('Jialing River'), 'jialingri')).toBeGreaterThan(0.5);
    expect(latinFit(latinOf('Jialing River'), 'ling')).toBe(0);
  });
});

describe('the order of the places of the city', () => {
  const index = new SearchIndex(readingOf);
  const names = new Map<string, string>();
  const first = (text: string, count = 1): string[] =>
    index
      .find(text)
      .slice(0, count)
      .map(({ id }) => names.get(id) ?? id);

  beforeAll(() => {
    const [head = '', ...lines] = readFileSync('cities/guangyuan/gazetteer.csv', 'utf8').trim().split('\n');
    const columns = head.split(',');
    index.put(
      lines.map((line, at) => {
        const cells = Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell]));
        const named = namedOfPlace({
          id: `${cells['kind']}-${cells['id']}-${at}`,
          name: { zh: cells['name'] ?? '', en: cells['en'] ?? '' },
          aliases: (cells['aliases'] ?? '').split('|').filter((alias: string) => alias !== ''),
          kind: cells['kind'] ?? '',
          at: [Number(cells['lon']), Number(cells['lat'])],
          pinyin: cells['pinyin'] ?? '',
          initials: cells['initials'] ?? '',
          countyCode: cells['countyCode'] ?? '',
        });
        names.set(named.id, named.names[0] ?? '');
        return named;
      }),
    );
  });

  test.each([
    ['剑阁', '剑阁县'],
    ['jgx', '剑阁县'],
    ['ctq', '朝天区'],
    ['chaotian', '朝天区'],
    ['Wangcang', '旺苍县'],
    ['jialing river', '嘉陵江'],
    ['baolun', '宝轮镇'],
  ])('%s finds %s first', (text, name) => expect(first(text)).toEqual([name]));

  it('finds by characters before initials', () => {
    const [hit] = index.find('青川');
    expect(hit?.part).toEqual([0, 2]);
  });
  it('says nothing to nothing and to what is not there', () => {
    expect(index.find('  ')).toEqual([]);
    expect(index.find('qqqqqq')).toEqual([]);
  });
  it('answers while someone types', () => {
    for (const text of ['g', 'gy', 'gys', 'gysz']) expect(index.find(text).length).toBeGreaterThan(0);
  });
  it('forgets what is dropped', () => {
    const [hit] = index.find('白龙湖');
    index.drop([hit?.id ?? '']);
    expect(index.find('白龙湖')[0]?.id).not.toBe(hit?.id);
  });
});
