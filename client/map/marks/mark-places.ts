// The marks as a party on the collision board: beside, on or under their places. What must be shown looks farther for room.
import { AROUND, FAR, ON, UNDER, anchorInto, waysOf, type Anchors } from '../labels/anchors.ts';
import { chooseWay, type Party, type Room, type Ways } from '../labels/collision-board.ts';
import { TIER } from '../labels/ranks.ts';
import type { Box } from '../labels/screen-grid.ts';
import type { Mark } from './mark.ts';
import type { Picture } from './picture-book.ts';

/** Metres east, north and height on the plane of the city. */
export type Place = readonly [east: number, north: number, height: number];

/** The view marks are placed in. */
export interface MarkView {
  readonly heightM: number;
  readonly pixelScale: number;
  /** Marks at most, but for those that must be shown. */
  readonly most: number;
  projectPlace(place: Place, out: { x: number; y: number }): boolean;
  hiddenPlace(place: Place): boolean;
}

/** A mark and how it stands. */
export interface MarkStand {
  readonly mark: Mark;
  readonly place: Place;
  readonly rank: number;
  readonly anchors: Anchors;
  /** The first ways: the rest is only for what must be shown, once these are taken. */
  readonly nearWays: number;
  /** Null while its face is on the way. */
  picture: Picture | null;
  way: number;
  shown: boolean;
  fresh: boolean;
  /** Left top corner of its picture beside the place, pixels. */
  left: number;
  top: number;
}

/** Looks count their ranks from 0; those under this are of rows that something is the matter with. */
const ALERT_RANKS = 20;
const ANCHORS: Readonly<Record<NonNullable<Mark['stand']>, Anchors>> = {
  beside: AROUND,
  under: UNDER,
  on: ON,
};
const MUST: typeof ANCHORS = {
  beside: [...AROUND, ...FAR],
  under: [...UNDER, ...FAR],
  on: [...ON, ...FAR],
};

/** The number under the name of a county comes right after that name: without it others would seem to have none. */
const UNDER_RANK = TIER.seat + 200;

/** What a look says of the rank of a mark, in the ranks of the whole map. */
function rankOf({ rank, must, stand }: Mark): number {
  if (must) return TIER.warning + rank;
  if (stand === 'under') return UNDER_RANK + rank;
  return (rank < ALERT_RANKS ? TIER.alert : TIER.value) + rank;
}

/** The same mark at the same place, also when its text changed. */
const keyOf = ({ id, lon, lat, belowM }: Mark): string => `${id}@${lon},${lat}<${belowM}`;

export class MarkPlaces implements Party {
  /** Set before it is settled. */
  view: MarkView | null = null;
  /** Whether what is shown, or how it stands, changed since the last time it was asked for. */
  changed = false;
  private readonly pictureOf: (mark: Mark) => Picture | null;
  private readonly bySlug = new Map<string, ReadonlyMap<string, MarkStand>>();
  private readonly stands: MarkStand[] = [];
  private sorted = true;
  private arrived = false;
  private shownCount = 0;
  private tried: MarkStand | null = null;
  private readonly at = { x: 0, y: 0 };
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly sized = { way: 0, x: 0, y: 0, width: 0, height: 0, gap: 0 };
  private readonly ways: Ways = { count: 0, now: -1, minds: true, boxOf: (way) => this.boxOf(way) };

  constructor(pictureOf: (mark: Mark) => Picture | null) {
    this.pictureOf = pictureOf;
  }

  /** Marks of one layer; those that were there before stand as they stood. */
  set(slug: string, marks: readonly { mark: Mark; place: Place }[]): void {
    const before = this.bySlug.get(slug);
    if (marks.length === 0 && !before) return;
    const next = new Map<string, MarkStand>();
    for (const { mark, place } of marks) {
      const key = keyOf(mark);
      const old = before?.get(key);
      if (!old && mark.stand === 'under') this.arrived = true;
      const anchors = (mark.must ? MUST : ANCHORS)[mark.stand ?? 'beside'];
      next.set(key, {
        ...(old ?? { way: -1, shown: false, fresh: true, left: 0, top: 0 }),
        picture: null,
        mark,
        place,
        anchors,
        nearWays: waysOf(ANCHORS[mark.stand ?? 'beside']),
        rank: rankOf(mark),
      });
    }
    this.bySlug.set(slug, next);
    this.sorted = false;
    this.changed = true;
  }

  /** Whether numbers under names came since it was asked last: lesser names that stand there have to be settled with them. */
  takeArrivals(): boolean {
    const { arrived } = this;
    this.arrived = false;
    return arrived;
  }

  /** All pictures are void: they are asked for anew. */
  forgetPictures(): void {
    for (const stand of this.sort()) stand.picture = null;
  }

  /** What is shown now, the most important first. */
  shown(): MarkStand[] {
    return this.sort().filter(({ shown }) => shown);
  }

  begin(): number {
    this.shownCount = 0;
    return this.sort().length;
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
    if (stand.way < 0 || !this.locate(stand)) return false;
    if (!room.isFree(this.boxOf(stand.way), 0)) return false;
    this.stand(stand, stand.way, room);
    return true;
  }

  find(claim: number, room: Room): boolean {
    const stand = this.standAt(claim);
    if (!this.locate(stand)) return false;
    const { ways } = this;
    ways.now = stand.shown ? stand.way : -1;
    ways.count = stand.nearWays;
    let way = chooseWay(ways, room);
    if (way < 0 && stand.mark.must) {
      ways.count = waysOf(stand.anchors);
      way = chooseWay(ways, room);
    }
    stand.fresh = false;
    if (way < 0 || (!stand.mark.must && this.view?.hiddenPlace(stand.place))) return false;
    this.stand(stand, way, room);
    return true;
  }

  hide(claim: number): void {
    const stand = this.standAt(claim);
    // One whose face is on the way is as new when it comes.
    if (stand.picture) stand.fresh = false;
    if (!stand.shown) return;
    stand.shown = false;
    stand.way = -1;
    this.changed = true;
  }

  private sort(): readonly MarkStand[] {
    if (this.sorted) return this.stands;
    this.sorted = true;
    this.stands.length = 0;
    for (const stands of this.bySlug.values()) this.stands.push(...stands.values());
    this.stands.sort((a, b) => a.rank - b.rank);
    return this.stands;
  }

  private standAt(claim: number): MarkStand {
    return this.stands[claim] as MarkStand;
  }

  /** Writes the place into `at`, the size into `sized`; false where it is not to be shown in this view. */
  private locate(stand: MarkStand): boolean {
    const { view, at, sized } = this;
    const { belowM, aboveM = 0, clearPx, must } = stand.mark;
    if (!view || view.heightM >= belowM || view.heightM < aboveM) return false;
    if (!must && this.shownCount >= view.most) return false;
    if (!view.projectPlace(stand.place, at)) return false;
    stand.picture ??= this.pictureOf(stand.mark);
    if (!stand.picture) return false;
    this.tried = stand;
    sized.x = at.x;
    sized.y = at.y;
    sized.width = stand.picture.width;
    sized.height = stand.picture.height;
    sized.gap = clearPx * view.pixelScale + 2;
    return true;
  }

  private boxOf(way: number): Box {
    this.sized.way = way;
    if (this.tried) anchorInto(this.tried.anchors, this.sized, this.box);
    return this.box;
  }

  private stand(stand: MarkStand, way: number, room: Room): void {
    const { left, top } = this.boxOf(way);
    room.take(this.box);
    this.shownCount++;
    const dx = left - this.at.x;
    const dy = top - this.at.y;
    if (!stand.shown || Math.abs(dx - stand.left) > 0.01 || Math.abs(dy - stand.top) > 0.01)
      this.changed = true;
    stand.shown = true;
    stand.way = way;
    stand.left = dx;
    stand.top = dy;
  }
}
