// Groups that could take a signal in: by place, by rule, by names of places.
import type { Group } from './group.ts';
import type { Signal } from './signals.ts';

/** Degrees: about 3 km. Two cells around a place reach beyond the farthest distance that counts. */
const CELL = 0.03;
const REACH = 2;
const ROW = 20_000;

export class ClusterIndex {
  readonly #byCell = new Map<number, Set<Group>>();
  readonly #byRule = new Map<string, Set<Group>>();
  readonly #byName = new Map<string, Set<Group>>();
  readonly #cellOf = new Map<Group, number>();

  /** Call after each change of a group. */
  note(group: Group): void {
    const { centre } = group;
    const cell = centre === null ? -1 : cellOf(centre.lon, centre.lat);
    const before = this.#cellOf.get(group) ?? -1;
    if (cell !== before) {
      this.#byCell.get(before)?.delete(group);
      if (cell >= 0) put(this.#byCell, cell, group);
      this.#cellOf.set(group, cell);
    }
    for (const rule of group.rules) put(this.#byRule, rule, group);
    for (const name of group.names) put(this.#byName, name, group);
  }

  forget(group: Group): void {
    this.#byCell.get(this.#cellOf.get(group) ?? -1)?.delete(group);
    this.#cellOf.delete(group);
    for (const rule of group.rules) this.#byRule.get(rule)?.delete(group);
    for (const name of group.names) this.#byName.get(name)?.delete(group);
  }

  candidates({ place, rule, names }: Signal): ReadonlySet<Group> {
    const found = new Set<Group>(this.#byRule.get(rule));
    if (place) {
      const middle = cellOf(place.lon, place.lat);
      for (let y = -REACH; y <= REACH; y++)
        for (let x = -REACH; x <= REACH; x++)
          for (const group of this.#byCell.get(middle + y * ROW + x) ?? []) found.add(group);
    }
    for (const name of names) for (const group of this.#byName.get(name) ?? []) found.add(group);
    return found;
  }
}

const cellOf = (lon: number, lat: number): number =>
  Math.floor((lat + 90) / CELL) * ROW + Math.floor((lon + 180) / CELL);

function put<K>(map: Map<K, Set<Group>>, key: K, group: Group): void {
  const held = map.get(key);
  if (held) held.add(group);
  else map.set(key, new Set([group]));
}
