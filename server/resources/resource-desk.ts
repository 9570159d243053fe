// Resources of one world for people: what there is and what of it is free, which is near by road, and which are enough.
import type { LonLat, Title } from '../../contracts/column.ts';
import type {
  EnoughAnswer,
  ItemView,
  NearestAnswer,
  NearResource,
  ResourceItem,
  ResourceKind,
  ResourceView,
} from '../../contracts/records/resource.ts';
import { itemNames } from '../../contracts/records/resource.ts';
import { isWithin } from '../../contracts/records/reach.ts';
import type { NumberStore } from '../../contracts/stores/scalar.ts';
import type { Clock } from '../kit/clock.ts';
import type { Access, WaysTo } from '../roads/port.ts';
import type { TickFollower } from '../state/port.ts';
import type { BookingBook } from './booking-book.ts';
import { Depletion } from './depletion.ts';
import { fewest } from './enough.ts';
import type { EnoughAsked, NearestAsked, ResourceActor, ResourceTable, Resources } from './port.ts';
import { reasonsOf, scoreOf } from './score.ts';

/** More are looked at than are asked for: load and risk change the order. */
const LOOKED_AT = 3;

export interface ResourceDeskOptions {
  readonly table: ResourceTable;
  readonly ways: WaysTo;
  readonly clock: Clock;
  readonly bookings: BookingBook;
  /** Names of the tunnels and bridges that stand in an area of a warning now, by piece. */
  readonly risky: () => ReadonlyMap<number, string>;
}

interface Candidate {
  readonly slot: number;
  readonly access: Access;
}

export class ResourceDesk implements Pick<Resources, 'resources' | 'nearest' | 'enough'>, TickFollower {
  readonly #options: ResourceDeskOptions;
  readonly #depletion = new Depletion();
  /** Of each slot, where it stands: found once for a position. */
  readonly #stands: { lon: number; lat: number; access: Access }[] = [];
  /** Stores of the items, in the order of their names. */
  readonly #amounts: readonly NumberStore[];
  #isFresh = true;

  constructor(options: ResourceDeskOptions) {
    this.#options = options;
    this.#amounts = itemNames.map((item) => options.table.column(item));
  }

  tick(): void {
    const { table } = this.#options;
    if (this.#isFresh) for (let slot = 0; slot < table.highWater; slot++) this.#saw(slot);
    this.#isFresh = false;
    for (let i = 0; i < table.changedCount; i++) this.#saw(table.changedSlots[i] as number);
  }

  resources(
    by: ResourceActor,
    { kind, item }: { readonly kind?: ResourceKind | undefined; readonly item?: ResourceItem | undefined },
  ): readonly ResourceView[] {
    return this.#slots(by, kind)
      .map((slot) => this.view(slot))
      .filter(({ items }) => item === undefined || items.some((one) => one.item === item));
  }

  nearest(by: ResourceActor, asked: NearestAsked): NearestAnswer {
    const { kind, item, count, withinMin } = asked;
    const { head, found, unreachable } = this.#near(by, { ...asked, kind });
    const near = found
      .filter(({ resource, minutes }) => {
        const has = item === undefined || resource.items.some((one) => one.item === item && one.free > 0);
        return has && minutes !== null && minutes <= withinMin;
      })
      .slice(0, count * LOOKED_AT)
      .sort((a, b) => (a.score as number) - (b.score as number))
      .slice(0, count);
    return { ...head, resources: near, unreachable };
  }

  enough(by: ResourceActor, asked: EnoughAsked): EnoughAnswer {
    const { item, amount, withinMin } = asked;
    const { head, found, unreachable } = this.#near(by, { ...asked, kind: undefined });
    const able = found.flatMap((near) => {
      const free = near.resource.items.find((one) => one.item === item)?.free ?? 0;
      return free > 0 && near.minutes !== null && near.minutes <= withinMin ? [{ near, free }] : [];
    });
    const chosen = fewest(
      able.map(({ near, free }) => ({ gives: free, minutes: near.minutes as number })),
      amount,
    );
    return {
      ...{ ...head, item, amount, withinMin, unreachable },
      chosen: chosen && chosen.map(({ at, gives }) => ({ ...(able[at]?.near as NearResource), gives })),
      available: able.reduce((sum, { free }) => sum + free, 0),
      minutes: chosen && Math.max(0, ...chosen.map(({ at }) => able[at]?.near.minutes ?? 0)),
    };
  }

  /** null: there is none, or none of theirs. */
  find(by: ResourceActor, key: string): ResourceView | null {
    const { table } = this.#options;
    const slot = table.slotOf(key);
    if (slot < 0 || table.alive[slot] !== 1 || !isWithin(by.reach, table.regionAt(slot))) return null;
    return this.view(slot);
  }

  view(slot: number): ResourceView {
    const { table, bookings } = this.#options;
    const key = table.keyAt(slot);
    const position = table.column('position');
    return {
      key,
      name: table.column('name').get(slot) ?? key,
      kind: table.column('kind').get(slot) ?? 'team',
      state: table.column('state').get(slot),
      speciality: table.column('speciality').get(slot),
      owner: table.column('owner').get(slot),
      notFor: table.column('notFor').get(slot) ?? [],
      position: position.isNull(slot) ? null : [position.lon(slot), position.lat(slot)],
      region: table.regionAt(slot),
      items: itemNames.flatMap((item) => this.#item(slot, key, item)),
      validAt: table.validAt[slot] as number,
      source: table.sourceAt(slot),
      synthetic: table.syntheticAt(slot),
      bookings: bookings.openOf(key),
    };
  }

  #item(slot: number, key: string, item: ResourceItem): ItemView[] {
    const { table, bookings, clock } = this.#options;
    const now = table.column(item).value(slot);
    const total = table.column(`${item}Total`).value(slot);
    if (now === null && total === null) return [];
    const held = bookings.held(key, item);
    const place = slot * itemNames.length + itemNames.indexOf(item);
    // What a booking holds may have left already, or not: the smaller one of both is sure.
    const free = Math.max(0, Math.min(now ?? 0, (total ?? now ?? 0) - held));
    return [{ item, now, total, held, free, outlook: this.#depletion.outlook(place, clock.now()) }];
  }

  #saw(slot: number): void {
    const { table } = this.#options;
    const isThere = table.alive[slot] === 1;
    const at = table.validAt[slot] as number;
    for (let item = 0; item < this.#amounts.length; item++) {
      const place = slot * this.#amounts.length + item;
      const amount = isThere ? (this.#amounts[item] as NumberStore).get(slot) : NaN;
      if (!isThere) this.#depletion.forget(place);
      else if (!Number.isNaN(amount)) this.#depletion.saw(place, at, amount);
    }
  }

  #slots(by: ResourceActor, kind: ResourceKind | undefined): number[] {
    const { table } = this.#options;
    const slots: number[] = [];
    for (let slot = 0; slot < table.highWater; slot++) {
      if (table.alive[slot] !== 1 || !isWithin(by.reach, table.regionAt(slot))) continue;
      if (kind === undefined || table.column('kind').get(slot) === kind) slots.push(slot);
    }
    return slots;
  }

  /** Where a resource stands in the network; null: it has no place. */
  #accessOf(slot: number): Access | null {
    const position = this.#options.table.column('position');
    if (position.isNull(slot)) return null;
    const [lon, lat] = [position.lon(slot), position.lat(slot)];
    const known = this.#stands[slot];
    if (known?.lon === lon && known.lat === lat) return known.access;
    const access = this.#options.ways.access([lon, lat]);
    this.#stands[slot] = { lon, lat, access };
    return access;
  }

  /** Everything of a kind by time, the soonest first; what no road leads from last. */
  #near(
    by: ResourceActor,
    {
      at,
      kind,
      withinMin,
    }: { readonly at: LonLat; readonly kind: ResourceKind | undefined; readonly withinMin: number },
  ): {
    readonly head: Pick<NearestAnswer, 'at' | 'toRoadM' | 'schematic' | 'closures'>;
    readonly found: NearResource[];
    readonly unreachable: number;
  } {
    const { ways } = this.#options;
    const candidates = this.#slots(by, kind).flatMap((slot): Candidate[] => {
      const access = this.#accessOf(slot);
      const isOut = this.#options.table.column('state').get(slot) === 'closed';
      return access && !isOut ? [{ slot, access }] : [];
    });
    const here = ways.access(at);
    const stands = candidates.map(({ access }) => access);
    ways.settle(here, stands, withinMin * 60);
    const risky = this.#options.risky();
    const found = candidates
      .map(({ slot, access }) => this.#nearOf(slot, { access, here, risky }))
      .sort((a, b) => (a.minutes ?? Infinity) - (b.minutes ?? Infinity));
    return {
      head: {
        ...{ at, toRoadM: Math.round(here.metres), schematic: ways.isSchematic },
        closures: ways.closures,
      },
      found,
      unreachable: this.#cutOff(stands, here),
    };
  }

  #nearOf(
    slot: number,
    {
      access,
      here,
      risky,
    }: { readonly access: Access; readonly here: Access; readonly risky: ReadonlyMap<number, string> },
  ): NearResource {
    const resource = this.view(slot);
    const { ways } = this.#options;
    const way = ways.way(access);
    const seconds = way ? ways.seconds(access) : Infinity;
    const minutes = seconds === Infinity ? null : Math.round(seconds / 6) / 10;
    const over = way ? [...new Set(way.edges.flatMap((edge) => risky.get(edge) ?? []))] : [];
    const { score, load } = scoreOf(resource, minutes, over.length > 0 ? 0.5 : 0);
    const km = way ? Math.round((way.metres + access.metres + here.metres) / 100) / 10 : 0;
    const reasons: Title[] = reasonsOf(resource, { minutes, km, load, over });
    return { resource, minutes, km, score, load, reasons };
  }

  /** Of those a search within the time did not reach: how many no open road joins to the place at all. */
  #cutOff(stands: readonly Access[], here: Access): number {
    const { ways } = this.#options;
    const far = stands.filter((one) => ways.seconds(one) === Infinity);
    if (far.length === 0) return 0;
    ways.settle(here, far, Infinity);
    return far.filter((one) => ways.seconds(one) === Infinity).length;
  }
}
