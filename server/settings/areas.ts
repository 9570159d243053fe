// Areas as a kind of settings of the city: counties and towns as its files have them, and areas of its own (围栏) that
// rules of alerts name.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { AreaShape, KeptArea, SettingEffects } from '../../contracts/records/city-setting.ts';
import { areaShape } from '../../contracts/records/city-setting.ts';
import type { CitySort } from './city-keeper.ts';
import { ringFault } from './ring.ts';
import { valueAs } from './value-as.ts';

/** What lies inside a ring now, by layer. */
export interface InsideCount {
  readonly layer: string;
  readonly title: Title;
  readonly count: number;
}

export interface AreaParts {
  /** Of the files: they are not changed here. */
  readonly regions: readonly {
    readonly code: string;
    readonly kind: 'county' | 'unit' | 'town';
    readonly name: Title;
  }[];
  readonly fences: ReadonlyMap<string, AreaShape>;
  readonly put: (id: string, shape: AreaShape | null) => void;
  readonly bounds: readonly [number, number, number, number];
  readonly accountsIn: (area: string) => number;
  /** Ids of rules that name a county or an area. */
  readonly rulesNaming: (area: string) => readonly string[];
  /** Layers with places; null: nothing lies inside. */
  readonly inside: (shape: AreaShape | null) => readonly InsideCount[];
}

export function areaSort(parts: AreaParts): CitySort<KeptArea> {
  const { regions, fences, put, bounds, accountsIn, rulesNaming, inside } = parts;
  const usedBy = (id: string) => ({ accounts: accountsIn(id), rules: rulesNaming(id) });
  return {
    items: () => [
      ...[...fences].map(([id, shape]) => ({
        ...({ id, kind: 'fence', title: shape.title, value: shape, written: null, isChanged: true } as const),
        usedBy: usedBy(id),
      })),
      ...regions.map(({ code, kind, name }) => ({
        ...{ id: code, kind, title: name, value: null, written: null, isChanged: false },
        usedBy: usedBy(code),
      })),
    ],
    check: (id, value) => {
      if (!/^[a-z]/.test(id))
        throw new CodedError(
          'request/invalid',
          `of: ${id}: counties and towns are those of the files; begin the id of an area with a letter`,
        );
      if (value === null) {
        const rules = rulesNaming(id);
        if (rules.length > 0)
          throw new CodedError('request/conflict', `area ${id} is named by rules: ${rules.join(', ')}`);
        return;
      }
      const fault = ringFault(valueAs(areaShape, value).polygon, bounds);
      if (fault) throw new CodedError('request/invalid', `value.polygon: ${fault}`);
    },
    effects: (id, value) =>
      effectsOf(
        inside(fences.get(id) ?? null),
        inside(value === null ? null : valueAs(areaShape, value)),
        rulesNaming(id),
      ),
    apply: (id, value) => put(id, value === null ? null : valueAs(areaShape, value)),
  };
}

function effectsOf(
  before: readonly InsideCount[],
  after: readonly InsideCount[],
  rules: readonly string[],
): SettingEffects {
  const counts = (of: readonly InsideCount[], layer: string): number =>
    of.find((one) => one.layer === layer)?.count ?? 0;
  const words = (count: number): Title => title(`围内 ${count} 个`, `${count} inside`);
  const named = [...new Map([...before, ...after].map((one) => [one.layer, one.title])).entries()];
  const effects = named
    .map(([layer, name]) => ({ name, was: counts(before, layer), is: counts(after, layer) }))
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => ({ what: name, before: words(was), after: words(is) }));
  const asked = rules.map((id) => ({
    what: title(`告警规则 ${id}`, `Alert rule ${id}`),
    before: title('按现有范围', 'asks the area as it is'),
    after: title('立即按新范围重新判断', 'is judged anew at once'),
  }));
  return { effects: [...asked, ...effects], seen: named.length + rules.length };
}
