// Why the advised scheme and not another: where their outcomes differ, in words and numbers, what is gained before what it costs.
import type { Title } from '../../../contracts/column.ts';
import type { AdviceSaid } from '../../../contracts/records/advice.ts';
import type { Outcome, SiteOutcome } from './outcomes.ts';

const HOUR_MS = 3_600_000;
/** Levels are told to a centimetre, moments to half an hour: less is no difference. */
const SAME_M = 0.005;
const SAME_MS = HOUR_MS / 2;

interface Difference {
  readonly isGain: boolean;
  readonly words: Title;
}

/** One entry for each scheme but the advised one, in their order. */
export function comparedWith(
  best: Outcome,
  outcomes: readonly Outcome[],
): NonNullable<AdviceSaid['advised']['over']> {
  return outcomes
    .filter(({ scheme }) => scheme.id !== best.scheme.id)
    .map((other) => ({ option: other.scheme.id, text: textOf(differences(best, other)) }));
}

function differences(best: Outcome, other: Outcome): readonly Difference[] {
  const pairs = best.sites.flatMap((mine) => {
    const theirs = other.sites.find(({ site }) => site.id === mine.site.id);
    return theirs ? [{ mine, theirs }] : [];
  });
  return [
    ...peopleDifference(best, other, 'flooded'),
    ...peopleDifference(best, other, 'move'),
    ...pairs.flatMap(({ mine, theirs }) =>
      mine.site.kind === 'gauge' ? crestDifference(mine, theirs) : damDifference(mine, theirs),
    ),
  ];
}

function peopleDifference(best: Outcome, other: Outcome, effect: 'flooded' | 'move'): Difference[] {
  const sum = ({ zones }: Outcome): number =>
    zones.filter(({ zone }) => zone.effect === effect).reduce((all, { people }) => all + people, 0);
  const [mine, theirs] = [sum(best), sum(other)];
  if (mine === theirs) return [];
  const verb = effect === 'flooded' ? { zh: '进水', en: 'flooded' } : { zh: '转移', en: 'to move' };
  const [less, by] = [mine < theirs, Math.abs(theirs - mine)];
  return [
    {
      isGain: less,
      words: {
        zh: `${less ? '少' : '多'}${verb.zh} ${by} 人（${mine} 对 ${theirs}）`,
        en: `${by} ${less ? 'fewer' : 'more'} ${verb.en} (${mine} to ${theirs})`,
      },
    },
  ];
}

function crestDifference(mine: SiteOutcome, theirs: SiteOutcome): Difference[] {
  const by = mine.peak[1] - theirs.peak[1];
  if (Math.abs(by) < SAME_M) return [];
  const where = limitWords(mine, [
    { zh: '保证', en: 'guarantee' },
    { zh: '警戒', en: 'warning' },
  ]);
  const when = laterWords(mine.peak[0] - theirs.peak[0]);
  const { name } = mine.site;
  const [level, off] = [mine.peak[1].toFixed(2), Math.abs(by).toFixed(2)];
  return [
    {
      isGain: by < 0,
      words: {
        zh: `${name.zh}洪峰${by < 0 ? '低' : '高'} ${off} m${when.zh}，为 ${level} m${where.zh}`,
        en: `crest at ${name.en} ${off} m ${by < 0 ? 'lower' : 'higher'}${when.en}, ${level} m${where.en}`,
      },
    },
  ];
}

/** Higher water behind a dam is what it costs: less is left for what still comes. */
function damDifference(mine: SiteOutcome, theirs: SiteOutcome): Difference[] {
  const by = mine.peak[1] - theirs.peak[1];
  if (Math.abs(by) < SAME_M) return [];
  const where = limitWords(mine, [
    { zh: '设计', en: 'design level' },
    { zh: '汛限', en: 'flood limit' },
  ]);
  const { name } = mine.site;
  const off = Math.abs(by).toFixed(2);
  return [
    {
      isGain: by < 0,
      words: {
        zh: `${name.zh}最高水位${by < 0 ? '低' : '高'} ${off} m${where.zh}`,
        en: `${name.en} ${off} m ${by < 0 ? 'lower' : 'higher'} at its highest${where.en}`,
      },
    },
  ];
}

/** How far the crest stands from the graver and the lesser limit; nothing of a limit that is not set. */
function limitWords({ site, peak }: SiteOutcome, [graver, lesser]: readonly [Title, Title]): Title {
  const told = (
    [
      [site.guaranteeM, graver],
      [site.warningM, lesser],
    ] as const
  ).flatMap(([limit, word]) => {
    if (limit === null) return [];
    const off = Math.abs(peak[1] - limit).toFixed(2);
    return peak[1] > limit
      ? [{ zh: `超${word.zh} ${off} m`, en: `${off} m over ${word.en}` }]
      : [{ zh: `低于${word.zh} ${off} m`, en: `${off} m below ${word.en}` }];
  });
  if (told.length === 0) return { zh: '', en: '' };
  return {
    zh: `（${told.map(({ zh }) => zh).join('、')}）`,
    en: ` (${told.map(({ en }) => en).join(', ')})`,
  };
}

function laterWords(byMs: number): Title {
  if (Math.abs(byMs) < SAME_MS) return { zh: '', en: '' };
  const hours = String(Math.round((Math.abs(byMs) / HOUR_MS) * 2) / 2);
  return byMs > 0
    ? { zh: `、晚 ${hours} 小时`, en: ` and ${hours} h later` }
    : { zh: `、早 ${hours} 小时`, en: ` and ${hours} h earlier` };
}

function textOf(all: readonly Difference[]): Title {
  if (all.length === 0)
    return {
      zh: '人数、洪峰与库水位都相同',
      en: 'the same people, crests and levels of dams',
    };
  const of = (isGain: boolean, key: keyof Title, mark: string): string =>
    all
      .filter((one) => one.isGain === isGain)
      .map(({ words }) => words[key])
      .join(mark);
  const [gains, costs] = [of(true, 'zh', '；'), of(false, 'zh', '；')];
  const [gainsEn, costsEn] = [of(true, 'en', '; '), of(false, 'en', '; ')];
  return {
    zh: [gains, costs && `代价：${costs}`].filter(Boolean).join('。'),
    en: [gainsEn, costsEn && `The cost: ${costsEn}`].filter(Boolean).join('. '),
  };
}
