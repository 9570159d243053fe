// The ways the dams can be run from now on: as ordered now, the schemes a dispatch centre drew up, one of somebody's own.
import type { Title } from '../../../contracts/column.ts';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import type { FloodFacts, FloodParams } from './facts.ts';
import type { Course } from './routing.ts';

export interface Scheme {
  readonly id: string;
  readonly title: Title;
  /** By reservoir: what it lets go, each value until the next; a reservoir that is not named goes on as ordered. */
  readonly releases: ReadonlyMap<string, Course>;
}

/** Options beside the order that stands: an advice has four at most. */
const MOST_SCHEMES = 3;
const LETTERS: Readonly<Record<string, string>> = { 甲: 'a', 乙: 'b', 丙: 'c', 丁: 'd' };

export interface SchemeGround {
  readonly view: DecisionView<FloodFacts>;
  readonly now: number;
  /** Name by id of the reservoirs of the reach. */
  readonly names: ReadonlyMap<string, string>;
}

/** `text` is "epoch ms value" as the layers keep a course. */
export function readCourse(text: readonly string[] | null): Course {
  return (text ?? []).flatMap((point) => {
    const [at, value] = point.split(' ').map(Number);
    return at !== undefined && value !== undefined && Number.isFinite(at + value)
      ? [[at, value] as const]
      : [];
  });
}

/** What a dam let go before now and is ordered to let go: the course of the last hours, then each order in its time. */
export function orderedRelease({ view, now, names }: SchemeGround, id: string): Course {
  const name = names.get(id) ?? id;
  const row = view.rows(reservoir).find(({ values }) => values.name === name);
  const flow = row?.values.outflowM3S ?? 0;
  const past = row ? view.trail(reservoir, row.key, 'outflowM3S') : [];
  const orders = view
    .rows(dispatchOrder)
    .filter(({ values: { reservoir: of, status, toAt, fromAt, outflowM3S } }) =>
      Boolean(
        of === name &&
        status !== 'cancelled' &&
        status !== 'done' &&
        outflowM3S !== null &&
        fromAt &&
        (toAt ?? now) >= now,
      ),
    )
    .sort((a, b) => (a.values.fromAt ?? 0) - (b.values.fromAt ?? 0));
  const ahead = orders.flatMap((order): Course => {
    view.cite(dispatchOrder, order);
    const from = order.values.fromAt ?? now;
    return from <= now ? [] : [[from, order.values.outflowM3S ?? flow]];
  });
  return [...past.filter(([at]) => at < now), [row?.validAt ?? now, flow] as const, ...ahead].sort(
    (a, b) => a[0] - b[0],
  );
}

export function schemesOf(ground: SchemeGround, params: FloodParams): readonly Scheme[] {
  const ordered: Scheme = {
    id: 'ordered',
    title: { zh: '现行调度', en: 'As ordered now' },
    releases: new Map(),
  };
  return [ordered, ...ownScheme(ground, params), ...drawnUp(ground)].slice(0, MOST_SCHEMES + 1);
}

function ownScheme({ now, names }: SchemeGround, { scheme }: FloodParams): Scheme[] {
  if (!scheme || !names.has(scheme.reservoir)) return [];
  const steps = scheme.steps.map(([hours, flow]) => [now + hours * 3_600_000, flow] as const);
  return [
    {
      id: 'own',
      title: { zh: '自拟方案', en: 'Own scheme' },
      releases: new Map([[scheme.reservoir, steps.sort((a, b) => a[0] - b[0])]]),
    },
  ];
}

function drawnUp({ view, names }: SchemeGround): Scheme[] {
  const idOf = new Map([...names].map(([id, name]) => [name, id]));
  const schemes = new Map<string, { title: Title; releases: Map<string, Course> }>();
  for (const row of view.rows(releasePlan)) {
    const { scheme, name, reservoir: of, steps, state } = row.values;
    const id = idOf.get(of ?? '');
    if (state !== 'drafted' || scheme === null || id === undefined) continue;
    view.cite(releasePlan, row);
    const title = { zh: name ?? scheme, en: `Scheme ${(LETTERS[scheme] ?? scheme).toUpperCase()}` };
    const one = schemes.get(scheme) ?? { title, releases: new Map<string, Course>() };
    one.releases.set(id, readCourse(steps));
    schemes.set(scheme, one);
  }
  return [...schemes]
    .sort(([a], [b]) => (LETTERS[a] ?? a).localeCompare(LETTERS[b] ?? b))
    .map(([letter, one], index) => ({ ...one, id: LETTERS[letter] ?? `scheme-${index + 1}` }));
}

/** Up to now what was, from now on what the scheme says; a scheme that began before now counts from then on only as it stands. */
export function releaseOf(
  scheme: Scheme,
  { id, ordered, now }: { id: string; ordered: Course; now: number },
): Course {
  const steps = scheme.releases.get(id);
  if (!steps || steps.length === 0) return ordered;
  const before = ordered.filter(([at]) => at <= now);
  const standing = steps.filter(([at]) => at <= now).at(-1);
  return [...before, ...(standing ? [[now, standing[1]] as const] : []), ...steps.filter(([at]) => at > now)];
}
