// What comes of each scheme: the courses of all levels with their interval, who is in the water, how the dams fare.
import type { LonLat, Title } from '../../../contracts/column.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import { DecisionFault } from '../../kit/define-decision.ts';
import type { FloodFacts, FloodParams, FloodZone } from './facts.ts';
import type { Site } from './reach.ts';
import { arrivalsOf, storageOf } from './reach.ts';
import type { Course, Reach, Routed } from './routing.ts';
import { highest, route } from './routing.ts';
import type { Scheme } from './schemes.ts';
import { orderedRelease, releaseOf, schemesOf } from './schemes.ts';

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;
/** Share by which inflows are off: at the start, more each hour, at most. 80 % interval. */
const ERROR = { first: 0.05, perHour: 0.01, most: 0.25 };
/**
 * People there by the hour, as a share of residents (base = residents): day 8–18, evening 18–22, night.
 * Source: the table of time-of-day factors of the city's exposure rules; docs/models.md.
 */
const FACTORS = { core: [1.25, 1.1, 0.95], town: [0.95, 1, 1.05] } as const;
/** Any number of people is ±20 %. */
const PEOPLE_ERROR = 0.2;

export interface SiteOutcome {
  readonly site: Site;
  readonly level: Course;
  readonly low: Course;
  readonly high: Course;
  readonly flow: Course;
  readonly peak: readonly [at: number, value: number];
  readonly range: readonly [low: number, high: number];
  /** Highest flow of a gauge, highest outflow of a dam, m³/s. */
  readonly peakFlow: number;
}

export interface ZoneOutcome {
  readonly zone: FloodZone;
  /** First moment the water is so high. */
  readonly at: number;
  readonly people: number;
  readonly range: readonly [number, number];
  readonly basis: Title;
}

export interface Outcome {
  readonly scheme: Scheme;
  readonly sites: readonly SiteOutcome[];
  readonly zones: readonly ZoneOutcome[];
  readonly releases: ReadonlyMap<string, Course>;
  /** Largest change of a release within half an hour, m³/s, by reservoir. */
  readonly steps: ReadonlyMap<string, number>;
}

interface Asked {
  readonly params: FloodParams;
  readonly now: number;
  readonly sites: readonly Site[];
}

export function outcomesOf(
  view: DecisionView<FloodFacts>,
  { params, now, sites }: Asked,
): readonly Outcome[] {
  const names = new Map(
    sites.filter(({ kind }) => kind === 'reservoir').map(({ id, name }) => [id, name.zh]),
  );
  const ground = { view, now, names };
  const ordered = new Map([...names.keys()].map((id) => [id, orderedRelease(ground, id)]));
  const until = now + (params.horizonH ?? view.facts.horizonH) * HOUR_MS;
  return schemesOf(ground, params).map((scheme) => {
    const releases = new Map(
      [...ordered].map(([id, course]) => [id, releaseOf(scheme, { id, ordered: course, now })]),
    );
    const [low, mid, high] = [-1, 0, 1].map((side) =>
      route(reachOf(view, { now, until, sites, releases, factor: errorAt(now, side) })),
    ) as [Map<string, Routed>, Map<string, Routed>, Map<string, Routed>];
    const known = sites.filter(({ id }) => mid.has(id));
    const found = known.map((site) => siteOutcome(site, { low, mid, high, now, releases }));
    return { scheme, sites: found, zones: zonesOf(view, found), releases, steps: stepsOf(releases, now) };
  });
}

const errorAt =
  (now: number, side: number) =>
  (at: number): number => {
    const hours = Math.max(0, (at - now) / HOUR_MS);
    return at <= now ? 1 : 1 + side * Math.min(ERROR.most, ERROR.first + ERROR.perHour * hours);
  };

interface ReachParts {
  readonly now: number;
  readonly until: number;
  readonly sites: readonly Site[];
  readonly releases: ReadonlyMap<string, Course>;
  readonly factor: Reach['factor'];
}

function reachOf(view: DecisionView<FloodFacts>, { now, until, sites, releases, factor }: ReachParts): Reach {
  const siteById = new Map(sites.map((site) => [site.id, site]));
  return {
    ...{ now, until, factor },
    gauges: view.facts.gauges.map(({ id, arrivals, rating }) => ({
      ...{ id, rating, arrivals: arrivalsOf(view, arrivals) },
    })),
    reservoirs: view.facts.reservoirs.flatMap(({ id, arrivals, plusM3S }) => {
      const site = siteById.get(id);
      // Nothing below hangs on a dam at the end of the reach: it is left out. Of any other the release must be known.
      if (site?.observedM == null) {
        if (isAbove(view.facts, id))
          throw new DecisionFault(
            `缺${site?.name.zh ?? id}的水位`,
            `there is no level of ${site?.name.en ?? id}`,
          );
        return [];
      }
      return [
        {
          ...{ id, plusM3S, arrivals: arrivalsOf(view, arrivals), storage: storageOf(view, id) },
          ...{ startM: site.observedM, startAt: Math.min(site.observedAt, now), before: null },
          outflow: releases.get(id) ?? [],
        },
      ];
    }),
  };
}

const isAbove = ({ gauges, reservoirs }: FloodFacts, id: string): boolean =>
  [...gauges, ...reservoirs].some(({ arrivals }) => arrivals.some((one) => 'from' in one && one.from === id));

interface Ends {
  readonly low: ReadonlyMap<string, Routed>;
  readonly mid: ReadonlyMap<string, Routed>;
  readonly high: ReadonlyMap<string, Routed>;
  readonly now: number;
  readonly releases: ReadonlyMap<string, Course>;
}

function siteOutcome(site: Site, { low, mid, high, now, releases }: Ends): SiteOutcome {
  const levelIn = (all: ReadonlyMap<string, Routed>): Course =>
    (all.get(site.id)?.level ?? []).filter(([at]) => at >= now);
  const level = levelIn(mid);
  const flow = mid.get(site.id)?.flow ?? [];
  const peak = highest(level, now);
  const topOf = (course: Course): number => highest(course, now)[1];
  const outflow = releases.get(site.id);
  return {
    ...{ site, level, flow, peak },
    ...{ low: levelIn(low), high: levelIn(high), range: [topOf(levelIn(low)), topOf(levelIn(high))] },
    peakFlow: outflow
      ? Math.max(...outflow.filter(([at]) => at >= now - HALF_HOUR_MS).map(([, value]) => value), 0)
      : highest(flow, now)[1],
  };
}

/** Zones of whose gauge the level is reached, with who is there at that hour. */
function zonesOf(view: DecisionView<FloodFacts>, sites: readonly SiteOutcome[]): readonly ZoneOutcome[] {
  return view.facts.zones.flatMap((zone) => {
    const course = sites.find(({ site }) => site.id === zone.gauge)?.level ?? [];
    const first = course.find(([, level]) => level >= zone.fromM);
    if (!first) return [];
    const [at] = first;
    // Most are there when the water is highest: the hour of the crest counts.
    const [crestAt] = highest(course, at);
    const { hour } = view.local(crestAt);
    const part = hour >= 8 && hour < 18 ? 0 : hour >= 18 && hour < 22 ? 1 : 2;
    const factor = FACTORS[zone.kind][part];
    const people = Math.round(zone.residents * factor);
    const basis = {
      zh: `常住 ${zone.residents} 人（${zone.residentsAt}）× 时段系数 ${factor}，±20%`,
      en: `${zone.residents} residents (${zone.residentsAt}) × ${factor} at that hour, ±20 %`,
    };
    const range = [Math.round(people * (1 - PEOPLE_ERROR)), Math.round(people * (1 + PEOPLE_ERROR))] as const;
    return [{ zone, at, people, range, basis }];
  });
}

function stepsOf(releases: ReadonlyMap<string, Course>, now: number): ReadonlyMap<string, number> {
  return new Map(
    [...releases].map(([id, course]) => {
      const ahead = course.filter(([at], index) => at >= now && index > 0);
      const changes = ahead.map(([at, value]) => {
        const before = course.filter(([earlier]) => earlier < at && earlier >= at - HALF_HOUR_MS);
        const last = course.filter(([earlier]) => earlier < at).at(-1);
        return Math.max(...[...before, ...(last ? [last] : [])].map(([, was]) => Math.abs(value - was)), 0);
      });
      return [id, Math.max(0, ...changes)];
    }),
  );
}

/** A circle of so many metres, drawn as 示意; degrees. */
export function circle([lon, lat]: LonLat, radiusM: number): [number, number][] {
  const POINTS = 36;
  const degree = radiusM / 111_320;
  const narrow = Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: POINTS + 1 }, (_, index) => {
    const angle = (index / POINTS) * 2 * Math.PI;
    const to = (value: number): number => Math.round(value * 1e5) / 1e5;
    return [to(lon + (degree * Math.cos(angle)) / narrow), to(lat + degree * Math.sin(angle))];
  });
}
