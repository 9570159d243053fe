// Keeps the worker's index in step with the city, the layers and the commands while search is open: what is new is sent,
// what is gone is dropped, what is known is not sent again.
import { catalog } from '../../catalog.ts';
import { commands } from '../../stores/commands.ts';
import type { City } from '../../stores/city.ts';
import { mirrors } from '../../stores/layers.ts';
import { places } from '../../stores/places.ts';
import { nameOf } from '../../stores/rows.ts';
import { namedOfPlace } from '../../search/place-names.ts';
import type { Entry } from './entry.ts';
import { entryOfCommand, entryOfLayer, entryOfPlace, entryOfRow, rowId } from './sources.ts';

export interface Changes {
  readonly put: readonly Entry[];
  readonly drop: readonly string[];
}

export const isPlaced = (slug: string): boolean =>
  Object.values(catalog.get(slug)?.columns ?? {}).some(
    ({ type }) => type === 'position' || type === 'geometry',
  );

export class Catalogue {
  /** Everything that can be found now, by id. */
  readonly entries = new Map<string, Entry>();
  private readonly versions = new Map<string, number>();

  /** What changed since the last call. */
  refresh(city: City | null): Changes {
    const put: Entry[] = [];
    const drop: string[] = [];
    this.refreshPlaces(city, { put, drop });
    put.push(...this.fresh([...catalog.values()].filter(({ slug }) => isPlaced(slug)).map(entryOfLayer)));
    this.refreshCommands({ put, drop });
    for (const slug of mirrors.keys()) if (isPlaced(slug)) this.refreshLayer(slug, city, { put, drop });
    return { put, drop };
  }

  /** Screens take their commands with them when they go. */
  private refreshCommands({ put, drop }: { put: Entry[]; drop: string[] }): void {
    const now = commands()
      .filter(({ run }) => run !== null)
      .map(entryOfCommand);
    const known = new Set(now.map(({ id }) => id));
    for (const { id, group } of this.entries.values())
      if (group === 'command' && !known.has(id)) drop.push(id);
    for (const id of drop) this.entries.delete(id);
    put.push(...this.fresh(now));
  }

  /** A station that is connected is found as the row of its layer; until then by its place. */
  private refreshPlaces(city: City | null, { put, drop }: { put: Entry[]; drop: string[] }): void {
    for (const place of places.value) {
      const { id } = namedOfPlace(place);
      const isRow = (mirrors.get(place.kind)?.rows ?? 0) > 0;
      const known = this.entries.has(id);
      if (isRow && known) {
        this.entries.delete(id);
        drop.push(id);
      } else if (!isRow && !known) {
        const entry = entryOfPlace(place, city);
        this.entries.set(id, entry);
        put.push(entry);
      }
    }
  }

  private refreshLayer(
    slug: string,
    city: City | null,
    { put, drop }: { put: Entry[]; drop: string[] },
  ): void {
    const mirror = mirrors.get(slug);
    const version = mirror?.version.value ?? 0;
    if (!mirror || this.versions.get(slug) === version) return;
    this.versions.set(slug, version);
    const { table } = mirror;
    const gone = new Set([...this.entries.keys()].filter((id) => id.startsWith(rowId(slug, ''))));
    for (let slot = 0; table && slot < table.highWater; slot++) {
      if (table.alive[slot] !== 1) continue;
      const id = rowId(slug, table.keyAt(slot));
      gone.delete(id);
      if (this.entries.get(id)?.names[0] === nameOf(table, slot)) continue;
      const entry = entryOfRow(table, slot, city);
      this.entries.set(id, entry);
      put.push(entry);
    }
    for (const id of gone) {
      this.entries.delete(id);
      drop.push(id);
    }
  }

  private fresh(candidates: readonly Entry[]): Entry[] {
    const added = candidates.filter(({ id }) => !this.entries.has(id));
    for (const entry of added) this.entries.set(entry.id, entry);
    return added;
  }
}
