// One plume as it goes: computed anew when the wind turns, when its source is known better, and every five minutes.
import type {
  AssessPlume,
  PlumeModel,
  PlumeSource,
  PlumeView,
  PlumeWind,
} from '../../contracts/records/plume.ts';
import type { Exposure, Range } from '../../contracts/records/exposure.ts';
import { rangeOf } from '../../contracts/records/exposure.ts';
import type { ExposureMeter, ExposureTally, Polygons } from '../exposure/port.ts';

/** What a plume is about, whoever said it. */
export interface PlumeFacts {
  readonly id: string;
  readonly title: string;
  readonly source: PlumeSource;
  readonly incident: number | null;
  readonly by: string | null;
  readonly region: string;
  readonly since: number;
}

export interface RunParts {
  readonly assess: AssessPlume;
  readonly exposure: ExposureMeter;
  /** null: no station near has a wind that is fresh enough. */
  readonly windAt: (source: PlumeSource, now: number) => PlumeWind | null;
}

interface Computed {
  readonly at: number;
  readonly wind: PlumeWind;
  readonly source: PlumeSource;
  readonly model: PlumeModel;
  readonly zonePeople: Range | null;
  readonly levelPeople: readonly Range[];
  readonly exposure: Exposure;
}

const EVERY_MS = 300_000;
/** A wind that changed by less changes no zone that anybody would walk by. */
const TURN_DEG = 5;
const GUST_MS = 0.3;

export class PlumeRun {
  facts: PlumeFacts;
  readonly #parts: RunParts;
  readonly #tally: ExposureTally;
  #last: Computed | null = null;
  #isWindless = false;

  constructor(facts: PlumeFacts, parts: RunParts) {
    this.facts = facts;
    this.#parts = parts;
    this.#tally = parts.exposure.tally();
  }

  get last(): Computed | null {
    return this.#isWindless ? null : this.#last;
  }

  /** Everybody who was in one of its zones so far. */
  get exposedPeople(): number {
    return this.#tally.people;
  }

  /** → whether anything changed that people see. */
  settle(facts: PlumeFacts, now: number): boolean {
    const isOther = JSON.stringify(this.facts) !== JSON.stringify(facts);
    this.facts = facts;
    const wind = this.#parts.windAt(facts.source, now);
    if (!wind) {
      const wasKnown = !this.#isWindless;
      this.#isWindless = true;
      return wasKnown || isOther;
    }
    const isBack = this.#isWindless;
    this.#isWindless = false;
    if (!isOther && !isBack && this.#last && !isDue(this.#last, wind, now)) return false;
    this.#compute(facts.source, wind, now);
    return true;
  }

  #compute(source: PlumeSource, wind: PlumeWind, now: number): void {
    const { assess, exposure } = this.#parts;
    const model = assess(source, wind, now);
    const areas = areasOf(model);
    this.#tally.add(areas, now);
    const peopleIn = (ring: PlumeModel['levels'][number]['ring']): Range =>
      ring ? exposure.measure([[[ring]]], now).people : rangeOf(0);
    this.#last = {
      ...{ at: now, wind, source, model },
      zonePeople: model.firstZone && peopleIn(model.firstZone.ring),
      levelPeople: model.levels.map(({ ring }) => peopleIn(ring)),
      exposure: exposure.measure(areas, now),
    };
  }

  view(): PlumeView {
    const { id, title, source, incident, by, since } = this.facts;
    const last = this.last;
    const base = { id, title, source, incident, by, since };
    if (!last) return { ...base, wind: null, model: null, levels: [], firstZone: null, computedAt: null };
    const { levels, firstZone, ...model } = last.model;
    const { ring: _, ...distances } = firstZone ?? { ring: null };
    return {
      ...{ ...base, wind: last.wind, model, computedAt: last.at },
      levels: levels.map(({ level, mgM3, reachM }, i) => ({
        ...{ level, mgM3, reachM },
        people: last.levelPeople[i] as Range,
      })),
      firstZone:
        firstZone && last.zonePeople
          ? { ...(distances as Omit<typeof firstZone, 'ring'>), people: last.zonePeople }
          : null,
    };
  }
}

/** Every area of it: who is in one of them is exposed. */
export function areasOf({ levels, firstZone }: PlumeModel): Polygons[] {
  const rings = [firstZone?.ring, ...levels.map(({ ring }) => ring)];
  return rings.flatMap((ring): Polygons[] => (ring ? [[[ring]]] : []));
}

function isDue({ at, wind: before }: Computed, wind: PlumeWind, now: number): boolean {
  if (now - at >= EVERY_MS || now < at) return true;
  const turned = Math.abs(((wind.fromDeg - before.fromDeg + 540) % 360) - 180);
  return (
    turned >= TURN_DEG ||
    Math.abs(wind.speedMs - before.speedMs) >= GUST_MS ||
    wind.isRaining !== before.isRaining
  );
}
