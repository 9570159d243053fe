// One option for people: its facts in their order, the limits it breaks, and what it would set going.
import type { Title } from '../../../contracts/column.ts';
import type { AdviceSaid } from '../../../contracts/records/advice.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import type { FloodFacts } from './facts.ts';
import type { Outcome, SiteOutcome } from './outcomes.ts';
import type { Course } from './routing.ts';

type Option = AdviceSaid['options'][number];
type Fact = Option['facts'][number];

interface Placed {
  readonly outcome: Outcome;
  readonly now: number;
}

const fixed = (value: number): string => value.toFixed(2);

export function optionOf(view: DecisionView<FloodFacts>, placed: Placed): Option {
  const { outcome } = placed;
  const dams = outcome.sites.filter(({ site }) => site.kind === 'reservoir');
  const gauges = outcome.sites.filter(({ site }) => site.kind === 'gauge');
  return {
    id: outcome.scheme.id,
    title: outcome.scheme.title,
    facts: [
      ...peopleFacts(view, outcome),
      ...gauges.map((one) => gaugeFact(view, one)),
      ...dams.map((one) => damFact(view, one)),
      ...dams.flatMap((one) => costFacts(view, placed, one)),
      authorityFact(view, dams),
    ],
    tasks: tasksOf(view, placed),
  };
}

const NOTHING: Title = { zh: '', en: '' };

/** Always said, the zero too: that nobody is flooded is what people ask first. */
function peopleFacts(view: DecisionView<FloodFacts>, { zones }: Outcome): Fact[] {
  return view.facts.zones.map(({ id, name, effect }) => {
    const found = zones.find(({ zone }) => zone.id === id);
    const isFlooded = effect === 'flooded';
    return {
      ...{ kind: 'people', value: found?.people ?? 0, unit: 'person' },
      of: isFlooded
        ? { zh: `${name.zh}进水`, en: `${name.en} flooded` }
        : { zh: `${name.zh}转移`, en: `to leave ${name.en}` },
      text: found
        ? { zh: `${view.clockText(found.at)} 起`, en: `from ${view.clockText(found.at)}` }
        : NOTHING,
      violates: found && isFlooded ? { zh: '进水', en: 'flooded' } : null,
    };
  });
}

function gaugeFact(view: DecisionView<FloodFacts>, { site, peak, peakFlow }: SiteOutcome): Fact {
  const when = view.clockText(peak[0]);
  return {
    ...{ kind: 'place', value: Math.round(peak[1] * 100) / 100, unit: 'm' },
    of: { zh: `${site.name.zh}洪峰`, en: `crest at ${site.name.en}` },
    text: { zh: `${when}，${Math.round(peakFlow)} m³/s`, en: `${when}, ${Math.round(peakFlow)} m³/s` },
    violates: overWords(peak[1], [
      [site.guaranteeM, { zh: '超保证', en: 'over guarantee' }],
      [site.warningM, { zh: '超警戒', en: 'over warning' }],
    ]),
  };
}

function damFact(view: DecisionView<FloodFacts>, { site, peak }: SiteOutcome): Fact {
  const when = view.clockText(peak[0]);
  return {
    ...{ kind: 'structure', value: Math.round(peak[1] * 100) / 100, unit: 'm' },
    of: { zh: `${site.name.zh}最高`, en: `${site.name.en} highest` },
    text: { zh: when, en: when },
    violates: overWords(peak[1], [
      [site.guaranteeM, { zh: '超设计', en: 'over design' }],
      [site.warningM, { zh: '超汛限', en: 'over flood limit' }],
    ]),
  };
}

/** The gravest limit that is passed, with by how much. */
function overWords(value: number, limits: readonly (readonly [number | null, Title])[]): Title | null {
  for (const [limit, word] of limits)
    if (limit !== null && value > limit)
      return { zh: `${word.zh} ${fixed(value - limit)} m`, en: `${word.en} by ${fixed(value - limit)} m` };
  return null;
}

/** What is given up: how steeply the river is let go, and how much water is held over the limit. */
function costFacts(
  view: DecisionView<FloodFacts>,
  { outcome, now }: Placed,
  { site, peakFlow }: SiteOutcome,
): Fact[] {
  const rule = view.facts.reservoirs.find(({ id }) => id === site.id);
  if (!outcome.scheme.releases.has(site.id) || !rule) return [];
  const step = outcome.steps.get(site.id) ?? 0;
  const steps = stepsText(view, outcome.releases.get(site.id) ?? [], now);
  return [
    {
      ...{ kind: 'cost', value: Math.round(peakFlow), unit: 'm3/s' },
      of: { zh: `${site.name.zh}最大出库`, en: `highest release of ${site.name.en}` },
      text: { zh: steps, en: steps },
      violates:
        step > rule.maxStepM3S
          ? {
              zh: `半小时变 ${Math.round(step)}，限 ${rule.maxStepM3S}`,
              en: `${Math.round(step)} within 30 min, limit ${rule.maxStepM3S}`,
            }
          : null,
    },
  ];
}

/** "2000 → 13:00 1500 → 20:00 3500": what holds now and the steps ahead. */
export function stepsText(view: DecisionView<FloodFacts>, course: Course, now: number): string {
  const before = course.filter(([at]) => at <= now).at(-1);
  const ahead = course.filter(([at]) => at > now).slice(0, 6);
  return [
    ...(before ? [String(Math.round(before[1]))] : []),
    ...ahead.map(([at, value]) => `${view.clockText(at)} ${Math.round(value)}`),
  ].join(' → ');
}

function authorityFact(view: DecisionView<FloodFacts>, dams: readonly SiteOutcome[]): Fact {
  const over = dams.filter(({ site, peak }) => site.warningM !== null && peak[1] > site.warningM);
  const words = over.flatMap(
    ({ site }) => view.facts.reservoirs.find(({ id }) => id === site.id)?.overLimit ?? [],
  );
  const unique = [...new Map(words.map((one) => [one.zh, one])).values()];
  return {
    ...{ kind: 'authority', value: over.length, unit: 'count' },
    of: { zh: '批准', en: 'Leave' },
    text:
      unique.length === 0
        ? { zh: '在汛限以内，按现行权限', en: 'within the flood limits: the usual authority' }
        : { zh: unique.map(({ zh }) => zh).join('；'), en: unique.map(({ en }) => en).join('; ') },
  };
}

function tasksOf(view: DecisionView<FloodFacts>, { outcome, now }: Placed): Option['tasks'] {
  return view.facts.tasks.flatMap(({ when, zone: zoneId, text, ...task }) => {
    const gauge = 'gauge' in when ? outcome.sites.find(({ site }) => site.id === when.gauge) : undefined;
    if ('gauge' in when && !(gauge && gauge.peak[1] >= when.aboveM)) return [];
    if ('release' in when && !outcome.scheme.releases.has(when.release)) return [];
    const release = 'release' in when ? (outcome.releases.get(when.release) ?? []) : [];
    const people = outcome.zones.find(({ zone }) => zone.id === zoneId)?.people ?? 0;
    const words: Readonly<Record<string, string>> = {
      option: outcome.scheme.title.zh,
      peak: gauge ? fixed(gauge.peak[1]) : '',
      at: gauge ? view.clockText(gauge.peak[0]) : '',
      people: String(people),
      steps: stepsText(view, release, now),
    };
    const filled = text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
    return [{ ...task, text: filled, position: task.position }];
  });
}
