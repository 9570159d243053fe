// What a city says of itself and people change, wired: thresholds to the indicators, responsibilities to incidents, areas
// to rules of alerts. Every world of this server reads what holds here.
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import type { AlertLeaf, AlertRule } from '../../contracts/records/alert-rule.ts';
import type { AreaShape, DutyCases } from '../../contracts/records/city-setting.ts';
import type { CityKind, SettingValue } from '../../contracts/records/setting.ts';
import { insidePolygon, positionsOf } from '../alerts/areas.ts';
import { Units } from '../command/responsibilities.ts';
import { codeFault } from '../indicators/bands.ts';
import type { InsideCount } from '../settings/areas.ts';
import { areaSort } from '../settings/areas.ts';
import type { CitySort } from '../settings/city-keeper.ts';
import type { JudgedIndicator } from '../settings/indicator-limits.ts';
import { limitSort } from '../settings/indicator-limits.ts';
import { responsibilitySort } from '../settings/responsibilities.ts';
import { regionNames } from './alerts-of-world.ts';
import { countiesOf } from './city-facts.ts';
import type { Shared } from './shared.ts';
import type { OpenWorld } from './world.ts';

/** The city as incidents see it: who handles what is as it holds now. */
export function cityInForce({ city, responsible }: Pick<Shared, 'city' | 'responsible'>): City {
  const { responsibilities } = city;
  return {
    ...city,
    responsibilities: {
      ...responsibilities,
      get rules() {
        return responsible.rules as City['responsibilities']['rules'];
      },
    },
  };
}

interface SortParts {
  readonly shared: Shared;
  readonly live: OpenWorld;
  readonly accountsIn: (area: string) => number;
  /** What is set over the files. */
  readonly held: (kind: CityKind) => ReadonlyMap<string, SettingValue>;
}

export function citySorts(parts: SortParts): Readonly<Record<CityKind, CitySort>> {
  return {
    'indicator-limits': limitsOf(parts),
    responsibility: casesOf(parts),
    area: areasOf(parts),
  };
}

function limitsOf({ shared, live, held }: SortParts): CitySort {
  const judged = shared.catalogue.connected.flatMap((definition): JudgedIndicator[] => {
    const { slug, title, unit, key, direction, limits } = definition;
    const code = limits.find(({ to }) => to === null)?.code ?? [];
    if (code.length === 0) return [];
    return [
      { ...{ slug, title, unit, key, direction, code }, faultOf: (other) => codeFault(definition, other) },
    ];
  });
  return limitSort({
    judged,
    changed: () => held('indicator-limits') as ReadonlyMap<string, readonly number[]>,
    put: (slug, code) => shared.bands.set(slug, code),
    indicators: live.indicators,
    nameOf: regionNames(shared.city),
  });
}

/** More are not told one by one. */
const MOST_INCIDENTS = 100;

function casesOf({ shared, live, held }: SortParts): CitySort {
  const { city, responsible } = shared;
  const units = new Units(cityInForce(shared));
  const { profile, organisation } = city;
  return responsibilitySort({
    casesOf: (kind) => responsible.casesOf(kind),
    writtenOf: (kind) => responsible.writtenOf(kind),
    changed: () => new Set(held('responsibility').keys()),
    put: (kind, cases) => responsible.set(kind, cases),
    responsibleFor: (asked, cases?: DutyCases) =>
      units.responsibleFor({ ...asked, ...(cases ? { rules: responsible.with(asked.kind, cases) } : {}) }),
    departments: organisation.departments.map(({ id, name }) => ({ id, name })),
    regions: [
      { code: profile.code, name: profile.title },
      ...countiesOf(city).map(({ properties: { code, name } }) => ({ code, name })),
    ],
    waiting: (kind) =>
      live.incidents
        .list({ kind, open: true, sort: 'due', from: 0, limit: MOST_INCIDENTS }, () => true)
        .incidents.filter(({ unit }) => unit === null)
        // By the grade its facts suggest, where nobody graded it yet.
        .map((one) => ({ ...one, grade: one.grade ?? live.incidents.view(one.id, []).suggested.grade })),
  });
}

function areasOf({ shared, live, accountsIn }: SortParts): CitySort {
  const { city, fences, alertRules } = shared;
  const name = ({ zh, en }: Title): Title => ({ zh, en });
  return areaSort({
    regions: [
      ...city.counties.map(({ properties: { code, kind, name: called } }) => ({
        ...{ code, name: name(called) },
        kind: kind === 'county' ? ('county' as const) : ('unit' as const),
      })),
      ...city.towns.map(({ code, name: zh, en }) => ({ code, kind: 'town' as const, name: { zh, en } })),
    ],
    fences: fences.all,
    put: (id, shape) => {
      fences.set(id, shape);
      alertRules.reread();
    },
    bounds: city.profile.bounds,
    accountsIn,
    rulesNaming: (area) => alertRules.rules.filter((rule) => names(rule, area)).map(({ id }) => id),
    inside: (shape) => countInside(live, shape),
  });
}

function names({ when }: AlertRule, area: string): boolean {
  const leaves: readonly AlertLeaf[] = 'of' in when ? when.of : [when];
  return leaves.some((leaf) => {
    if (leaf.kind !== 'inside' && leaf.kind !== 'outside') return false;
    const of = leaf.area;
    return ('county' in of && of.county === area) || ('fence' in of && of.fence === area);
  });
}

function countInside({ world }: OpenWorld, shape: AreaShape | null): InsideCount[] {
  if (!shape) return [];
  return [...world.layers.values()].flatMap(({ table }) => {
    const positions = positionsOf(table);
    if (!positions) return [];
    const isInside = insidePolygon(positions, shape.polygon);
    let count = 0;
    for (let slot = 0; slot < table.highWater; slot++)
      if (table.alive[slot] === 1 && isInside(slot) === 1) count++;
    const { slug, title } = table.layer;
    return count === 0 ? [] : [{ layer: slug, title, count }];
  });
}
