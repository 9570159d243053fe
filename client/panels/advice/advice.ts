// An advice as a table and charts: options as columns, facts as rows in their order, courses of each place against its limits.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { Advice, AdviceOption, FactKind, OptionFact } from '../../../contracts/records/advice.ts';
import { factKinds } from '../../../contracts/records/advice.ts';
import type { ChartModel } from '../../charts/model.ts';
import { formatNumber, unitOf } from '../../i18n/numbers.ts';

export interface FactRow {
  readonly kind: FactKind;
  /** What it is about; null: the word of the kind says it. */
  readonly of: Title | null;
  /** The fact of each option, in order of the options; null: it says nothing of it. */
  readonly cells: readonly (OptionFact | null)[];
}

/** Facts of one subject side by side, kinds in their order, subjects as the first option that has them says them. */
export function factRows({ options }: Advice): readonly FactRow[] {
  return factKinds.flatMap((kind) => {
    const named = options.map(({ facts }) =>
      facts.filter((one) => one.kind === kind).map((fact, at) => ({ fact, name: fact.of?.zh ?? `#${at}` })),
    );
    const names = [...new Set(named.flat().map(({ name }) => name))];
    return names.map((name): FactRow => {
      const cells = named.map((facts) => facts.find((one) => one.name === name)?.fact ?? null);
      return { kind, of: cells.find((fact) => fact !== null)?.of ?? null, cells };
    });
  });
}

const step = (unit: string): number => (unit === 'm' ? 0.01 : 1);

/** "463.23 m"; '' where the text says it all. */
export function factValue({ value, unit, kind }: OptionFact, locale: 'zh' | 'en'): string {
  if (value === null || kind === 'authority') return '';
  return `${formatNumber(value, step(unit), locale)} ${unitOf(unit, locale)}`.trim();
}

/** The dash of an option, by its place: 甲 dashed, 乙 dotted, the order that stands thin. */
export const dashOf = (option: string): 'dash' | 'dot' | 'thin' =>
  option === 'a' ? 'dash' : option === 'b' ? 'dot' : 'thin';

/** Places that have a course, the first with the longest list of limits first said. */
export const placesOf = ({ series }: Advice): readonly { readonly of: string; readonly title: Title }[] => [
  ...new Map(series.map(({ of, title: name }) => [of, { of, title: name }])).values(),
];

interface ChartAsked {
  readonly say: (title: Title) => string;
  /** Short name of an option, for the end of its line. */
  readonly nameOf: (option: string) => string;
}

export function chartOf(advice: Advice, of: string, { say, nameOf }: ChartAsked): ChartModel | null {
  const found = advice.series.filter((one) => one.of === of);
  const [first] = found;
  if (!first) return null;
  const moments = found.flatMap(({ points }) => points.map(([at]) => at as number));
  return {
    title: say(first.title),
    ...{ unit: 'm', step: 0.01, shape: 'line', gaps: [] },
    ...{ from: Math.min(...moments), to: Math.max(...moments) },
    limits: first.limits.map(({ title: word, value }) => ({
      ...{ value, severity: null, side: 'above' as const },
      word: `${say(word)} ${value}`,
    })),
    lines: found.map(({ option, observed, points, peak }) => ({
      key: option === '' ? 'observed' : option,
      name: option === '' ? say(OBSERVED) : nameOf(option),
      kind: observed ? 'observed' : 'forecast',
      dash: dashOf(option),
      // One interval is read, three would hide each other.
      band: option === advice.advised.option ? bandOf(points) : [],
      peak: peak ? { at: peak[0], value: peak[1] } : null,
      points: points.map(([at, value]) => ({ at: at as number, value: value as number })),
    })),
  };
}

const bandOf = (points: Advice['series'][number]['points']): readonly (readonly [number, number, number])[] =>
  points.flatMap(([at, , low, high]) =>
    at === undefined || low === undefined || high === undefined ? [] : [[at, low, high] as const],
  );

const OBSERVED = title('实测', 'Observed');

/** 甲 of "甲 错峰拦洪"; the whole name where it has no first word. */
export const shortName = ({ title: of }: AdviceOption, locale: 'zh' | 'en'): string =>
  (locale === 'zh' ? of.zh.split(/[ （(]/)[0] : of.en) ?? of.zh;
