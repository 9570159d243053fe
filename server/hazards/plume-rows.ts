// Plumes as rows: map, lists, history and replay read those.
import type { LonLat } from '../../contracts/column.ts';
import type { plume } from '../../contracts/layers/plume.ts';
import type { PlumeLevel } from '../../contracts/records/plume.ts';
import type { RowInput } from '../../contracts/table.ts';
import { SELF } from '../kit/own-rows.ts';
import type { PlumeRun } from './plume-run.ts';

type PlumeRow = RowInput<(typeof plume)['columns']>;

interface Said {
  /** Name of the gas, in Chinese. */
  readonly gas: string;
  readonly validity: string;
  readonly isDemo: boolean;
}

export function plumeRow(run: PlumeRun, at: number, { gas, validity, isDemo }: Said): PlumeRow {
  const { id, source, region, title, incident, since } = run.facts;
  return {
    ...{ key: id, validAt: run.last?.at ?? at, regionCode: region, source: SELF },
    ...{ quality: 'estimated', synthetic: isDemo },
    values: {
      position: source.at,
      title: title.slice(0, 160),
      ...{ gas, state: run.last ? 'computed' : 'no-wind' },
      ...zonesOf(run),
      ...windOf(run),
      ...{ rateKgS: source.rateKgS, rateFrom: source.isRateAssumed ? 'assumed' : 'said' },
      ...{ heightM: source.heightM, terrain: source.terrain },
      ...{ incident, sinceAt: since, validity: validity.slice(0, 400) },
    },
  };
}

const polygon = (ring: readonly LonLat[] | null | undefined) =>
  ring ? { type: 'Polygon' as const, coordinates: [ring] } : null;

function zonesOf({ last }: PlumeRun) {
  const levels = last?.model.levels ?? [];
  const zone = last?.model.firstZone ?? null;
  const of = (level: PlumeLevel['level']) => levels.findIndex((one) => one.level === level);
  const [one, two, three] = [of(1), of(2), of(3)] as const;
  const reach = (index: number): number | null => levels[index]?.reachM ?? null;
  const people = (index: number): number | null => last?.levelPeople[index]?.value ?? null;
  return {
    ...{
      aegl1: polygon(levels[one]?.ring),
      aegl2: polygon(levels[two]?.ring),
      aegl3: polygon(levels[three]?.ring),
    },
    firstZone: polygon(zone?.ring),
    ...{ aegl1M: reach(one), aegl2M: reach(two), aegl3M: reach(three) },
    ...{ isolationM: zone?.isolationM ?? null, protectiveM: zone?.protectiveM ?? null },
    ...{ people1: people(one), people2: people(two), people3: people(three) },
    peopleZone: last?.zonePeople?.value ?? null,
  };
}

function windOf({ last }: PlumeRun) {
  return {
    ...{ towardDeg: last?.model.towardDeg ?? null, swingDeg: last?.model.swingDeg ?? null },
    ...{ windMs: last?.wind.speedMs ?? null, windFromDeg: last?.wind.fromDeg ?? null },
    ...{ windStation: last?.wind.station.slice(0, 80) ?? null, windAt: last?.wind.measuredAt ?? null },
    stability: last?.model.stability ?? null,
  };
}
