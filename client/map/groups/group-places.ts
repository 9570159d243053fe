// The groups of all layers as a party on the collision board: a circle stands where its rows are, or a little aside, each
// layer to its own side, so that the picture stays as it is while counts change.
import { chooseWay, type Party, type Room, type Ways } from '../labels/collision-board.ts';
import { TIER } from '../labels/ranks.ts';
import type { Box } from '../labels/screen-grid.ts';
import { ASIDE_AT, GROUP_BYTES, GROUP_FLOATS, HIDDEN_ASIDE, ID_AT, groupRadiusPx } from './group-record.ts';

/** The view groups are placed in. */
export interface GroupView {
  readonly pixelScale: number;
  readonly metresPerPixel: number;
  projectPlace(place: readonly [number, number, number], out: { x: number; y: number }): boolean;
  hiddenPlace(place: readonly [number, number, number]): boolean;
}

/** A group of two and more, and how it stands. */
export interface GroupStand {
  readonly slug: string;
  /** Place of its record among those of its layer. */
  readonly index: number;
  readonly count: number;
  readonly rank: number;
  readonly side: number;
  readonly place: readonly [east: number, north: number, height: number];
  /** Picture pixels at 1080 lines. */
  readonly radius: number;
  way: number;
  shown: boolean;
  fresh: boolean;
}

/** Directions tried around the place, and how far off, radii. */
const SIDES = 8;
const STEPS = [1.1, 2.1, 3.1] as const;
/** Farther than this a group would be taken for another's, px at 1080 lines. */
const MOST_PX = 90;
const WAYS = 1 + SIDES * STEPS.length;
/** The shadow around a circle, and the worst shape at its edge, px at 1080 lines. */
const RIM_PX = 3;
/** Less than this is no movement, pixels. */
const STILL_PX = 0.5;
const QUIET = 1000;
const NONE = new Uint8Array(0);

export interface GroupLayer {
  /** Standing equipment steps back behind what happens. */
  readonly quiet: boolean;
  readonly order: number;
}

interface LayerGroups {
  readonly records: Uint8Array<ArrayBuffer>;
  readonly byId: ReadonlyMap<number, GroupStand>;
}

export class GroupPlaces implements Party {
  /** Set before it is settled. */
  view: GroupView | null = null;
  private readonly layers = new Map<string, LayerGroups>();
  private readonly news = new Map<string, { records: Uint8Array<ArrayBuffer>; layer: GroupLayer }>();
  private readonly listed = new Set<string>();
  private stands: GroupStand[] = [];
  private sorted = true;
  private tried: GroupStand | null = null;
  private readonly at = { x: 0, y: 0 };
  private readonly aside = { x: 0, y: 0 };
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly ways: Ways = { count: WAYS, now: -1, minds: false, boxOf: (way) => this.boxOf(way) };

  /** New records of one layer, taken up when groups are settled the next time. */
  set(slug: string, records: Uint8Array<ArrayBuffer>, layer: GroupLayer): void {
    this.news.set(slug, { records, layer });
  }

  /** Records of one layer as they were settled. */
  records(slug: string): Uint8Array<ArrayBuffer> {
    return this.layers.get(slug)?.records ?? NONE;
  }

  /** Only layers that are on show have claims. */
  list(slug: string, shown: boolean): void {
    if (this.listed.has(slug) === shown) return;
    if (shown) this.listed.add(slug);
    else this.listed.delete(slug);
    this.sorted = false;
  }

  /** Writes how the groups of a layer stand into its records; true where that changed. */
  write(slug: string): boolean {
    const layer = this.layers.get(slug);
    if (!layer) return false;
    const { records, byId } = layer;
    const aside = new Int8Array(records.buffer, records.byteOffset, records.byteLength);
    let changed = false;
    for (const stand of byId.values()) {
      const at = stand.index * GROUP_BYTES + ASIDE_AT;
      this.readAside(stand, stand.way);
      const x = stand.shown ? Math.round(this.aside.x) : HIDDEN_ASIDE;
      const y = stand.shown ? -Math.round(this.aside.y) : 0;
      if (aside[at] === x && aside[at + 1] === y) continue;
      aside[at] = x;
      aside[at + 1] = y;
      changed = true;
    }
    return changed;
  }

  /** Groups of one layer that are shown, and where: canvas pixels. */
  *circles(slug: string): Generator<{ stand: GroupStand; x: number; y: number; radius: number }> {
    const { view, at } = this;
    if (!view || !this.listed.has(slug)) return;
    for (const stand of this.layers.get(slug)?.byId.values() ?? []) {
      if (!stand.shown || !view.projectPlace(stand.place, at)) continue;
      const { x, y } = at;
      this.readAside(stand, stand.way);
      yield {
        stand,
        x: x + this.aside.x * view.pixelScale,
        y: y + this.aside.y * view.pixelScale,
        radius: stand.radius * view.pixelScale,
      };
    }
  }

  begin(): number {
    for (const [slug, { records, layer }] of this.news) this.takeUp(slug, records, layer);
    this.news.clear();
    if (this.sorted) return this.stands.length;
    this.sorted = true;
    this.stands = [...this.listed].flatMap((slug) => [...(this.layers.get(slug)?.byId.values() ?? [])]);
    // The larger first; of equals the one farther west, whatever the order of rows.
    this.stands.sort((a, b) => a.rank - b.rank || b.count - a.count || a.place[0] - b.place[0]);
    return this.stands.length;
  }

  rankOf(claim: number): number {
    return this.standAt(claim).rank;
  }

  isShown(claim: number): boolean {
    return this.standAt(claim).shown;
  }

  isFresh(claim: number): boolean {
    return this.standAt(claim).fresh;
  }

  hold(claim: number, room: Room): boolean {
    const stand = this.standAt(claim);
    if (!this.locate(stand) || !room.isFree(this.boxOf(stand.way), 0)) return false;
    room.take(this.box);
    return true;
  }

  find(claim: number, room: Room): boolean {
    const stand = this.standAt(claim);
    stand.fresh = false;
    if (!this.locate(stand)) return false;
    this.ways.now = stand.shown ? stand.way : -1;
    const way = chooseWay(this.ways, room);
    if (way < 0 || this.view?.hiddenPlace(stand.place)) return false;
    room.take(this.boxOf(way));
    stand.way = way;
    stand.shown = true;
    return true;
  }

  hide(claim: number): void {
    const stand = this.standAt(claim);
    stand.fresh = false;
    stand.shown = false;
    stand.way = -1;
  }

  /** Groups that were there before stand as they stood. */
  private takeUp(slug: string, records: Uint8Array<ArrayBuffer>, { quiet, order }: GroupLayer): void {
    const before = this.layers.get(slug)?.byId;
    const floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
    const words = new Uint32Array(records.buffer, records.byteOffset, records.byteLength / 4);
    const byId = new Map<number, GroupStand>();
    for (let index = 0; index * GROUP_BYTES < records.byteLength; index++) {
      const at = index * GROUP_FLOATS;
      const count = floats[at + 3] as number;
      if (count < 2) continue;
      const id = words[at + ID_AT / 4] as number;
      const old = before?.get(id);
      const place = [floats[at] as number, floats[at + 1] as number, floats[at + 2] as number] as const;
      const radius = groupRadiusPx(count);
      byId.set(id, {
        ...{ slug, index, count, place, radius, side: order % SIDES },
        rank: TIER.group + (quiet ? QUIET : 0) + QUIET / 2 - order,
        way: old?.way ?? -1,
        shown: old?.shown ?? false,
        fresh: !old || old.fresh || this.hasMoved(old, place, radius),
      });
    }
    this.layers.set(slug, { records, byId });
    this.sorted = false;
  }

  private standAt(claim: number): GroupStand {
    return this.stands[claim] as GroupStand;
  }

  private hasMoved(old: GroupStand, [east, north]: GroupStand['place'], radius: number): boolean {
    const still = STILL_PX * (this.view?.metresPerPixel ?? 0);
    const far = Math.hypot(old.place[0] - east, old.place[1] - north);
    return far > still || Math.abs(old.radius - radius) > STILL_PX;
  }

  private locate(stand: GroupStand): boolean {
    this.tried = stand;
    return this.view?.projectPlace(stand.place, this.at) ?? false;
  }

  private boxOf(way: number): Box {
    const { tried, box, at } = this;
    const scale = this.view?.pixelScale ?? 1;
    if (!tried) return box;
    this.readAside(tried, way);
    const x = at.x + this.aside.x * scale;
    const y = at.y + this.aside.y * scale;
    const reach = (tried.radius + RIM_PX) * scale;
    box.left = x - reach;
    box.right = x + reach;
    box.top = y - reach;
    box.bottom = y + reach;
    return box;
  }

  /** Px at 1080 lines beside its place, y down; whole ones, as they are written. */
  private readAside({ radius, side }: GroupStand, way: number): void {
    const { aside } = this;
    aside.x = 0;
    aside.y = 0;
    if (way < 1) return;
    const step = STEPS[Math.floor((way - 1) / SIDES)] ?? 0;
    const turn = ((((way - 1) % SIDES) + side) / SIDES) * 2 * Math.PI;
    const far = Math.min(MOST_PX, radius * step);
    aside.x = Math.round(Math.cos(turn) * far);
    aside.y = Math.round(Math.sin(turn) * far);
  }
}
