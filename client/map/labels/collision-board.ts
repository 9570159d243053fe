// The one board for everything on the map that carries a text or a number: names, marks, groups. By rank, no two
// overlapping, none over the instruments or a sign that matters; what has no room is hidden. What is shown keeps its place
// until it really collides, and while the camera rests nothing moves but what is new or moved itself: so nothing flickers.
import { NEWS_BELOW } from './ranks.ts';
import { ScreenGrid, type Box } from './screen-grid.ts';

/** The picture, canvas pixels, y down. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Pixels of one picture pixel at 1080 lines. */
  readonly pixelScale: number;
  /** Adds what none may cover to `hard`, and what they should rather not cover to `soft` where there is one. */
  obstacles(hard: ScreenGrid, soft: ScreenGrid | null): void;
}

/** What is free in the picture. */
export interface Room {
  readonly picture: Picture;
  /** In the picture, off all signs and at least `margin` pixels off all texts. */
  isFree(box: Readonly<Box>, margin: number): boolean;
  /** Off what it should rather not cover, too, by `margin` pixels. */
  isCalm(box: Readonly<Box>, margin: number): boolean;
  take(box: Readonly<Box>): void;
}

/** Those who want room: one for names, one for marks, one for groups. Claims are numbered in order of rank. */
export interface Party {
  /** Reads what there is now; returns the number of claims. */
  begin(room: Room): number;
  rankOf(claim: number): number;
  isShown(claim: number): boolean;
  /** It is new, or its place moved, since it was settled last. */
  isFresh(claim: number): boolean;
  /** It stays exactly as it stands; false where that is not possible any more. */
  hold(claim: number, room: Room): boolean;
  /** It stands where there is room, as it stands if possible; false where there is none. */
  find(claim: number, room: Room): boolean;
  hide(claim: number): void;
}

/**
 * whole: everything is settled by rank. hold: only what is shown, and it stays or goes: cheap, for frames in between.
 * news: the camera rests, rows changed. refill: news, and what was hidden may come back.
 */
export type Pass = 'whole' | 'hold' | 'news' | 'refill';

/** A hidden one needs this much room around it to appear, picture pixels at 1080 lines. */
export const APPEAR_PX = 7;

/** The ways one claim may stand, tried in order. */
export interface Ways {
  count: number;
  /** How it stands now, −1 for not at all. */
  now: number;
  /** Whether it minds what it should rather not cover. */
  readonly minds: boolean;
  /** Its box, in an object that may be used again. */
  boxOf(way: number): Readonly<Box>;
}

/** What should rather not be covered may come this much nearer once something stands, picture pixels at 1080 lines. */
const CALM_SLACK_PX = 4;

/** The way it stands now where that is free; else the first with room around it, rather one that covers nothing; or −1. */
export function chooseWay(ways: Ways, room: Room): number {
  const { pixelScale } = room.picture;
  let fallback = -1;
  for (let turn = ways.now >= 0 ? -1 : 0; turn < ways.count; turn++) {
    const way = turn < 0 ? ways.now : turn;
    const stands = way === ways.now;
    const box = ways.boxOf(way);
    if (!room.isFree(box, stands ? 0 : APPEAR_PX * pixelScale)) continue;
    if (!ways.minds || room.isCalm(box, stands ? -CALM_SLACK_PX * pixelScale : 0)) return way;
    if (fallback < 0) fallback = way;
  }
  return fallback;
}

type Visit = (party: Party, claim: number, index: number) => void;

export class CollisionBoard implements Room {
  private readonly texts = new ScreenGrid();
  private readonly signs = new ScreenGrid();
  private readonly soft = new ScreenGrid();
  private readonly counts: number[] = [];
  private readonly heads: number[] = [];
  /** By party: 1 where a claim is settled in this pass. */
  private readonly done: Uint8Array[] = [];
  private refill = false;
  private hasSoft = false;
  picture: Picture = { width: 0, height: 0, pixelScale: 1, obstacles: () => undefined };

  settle(picture: Picture, parties: readonly Party[], pass: Pass): void {
    this.open(picture, pass !== 'hold');
    parties.forEach((party, index) => {
      this.counts[index] = party.begin(this);
    });
    if (pass === 'whole') return this.byRank(parties, this.findOrHide);
    if (pass === 'hold') return this.byRank(parties, this.holdOrHide);
    this.refill = pass === 'refill';
    parties.forEach((_, index) => this.clearDone(index));
    this.byRank(parties, this.settleNews);
    this.byRank(parties, this.settleStanding);
    this.byRank(parties, this.settleRest);
  }

  isFree(box: Readonly<Box>, margin: number): boolean {
    const { width, height } = this.picture;
    return (
      box.left >= 0 &&
      box.top >= 0 &&
      box.right <= width &&
      box.bottom <= height &&
      this.texts.free(box, margin) &&
      this.signs.free(box, 0)
    );
  }

  isCalm(box: Readonly<Box>, margin: number): boolean {
    return !this.hasSoft || this.soft.free(box, margin);
  }

  take(box: Readonly<Box>): void {
    this.texts.add(box);
  }

  private open(picture: Picture, withSoft: boolean): void {
    const { width, height } = picture;
    this.picture = picture;
    this.texts.clear(width, height);
    this.signs.clear(width, height);
    this.soft.clear(width, height);
    this.hasSoft = withSoft;
    picture.obstacles(this.signs, withSoft ? this.soft : null);
  }

  private clearDone(index: number): void {
    const count = this.counts[index] ?? 0;
    const done = this.done[index];
    if (done && done.length >= count) done.fill(0, 0, count);
    else this.done[index] = new Uint8Array(count);
  }

  /** Visits the claims of all parties, the lowest rank first; of equals those of the first party. */
  private byRank(parties: readonly Party[], visit: Visit): void {
    const { heads, counts } = this;
    for (let index = 0; index < parties.length; index++) heads[index] = 0;
    for (;;) {
      let next = -1;
      let least = Infinity;
      for (let index = 0; index < parties.length; index++) {
        const head = heads[index] as number;
        if (head >= (counts[index] as number)) continue;
        const rank = (parties[index] as Party).rankOf(head);
        if (rank >= least) continue;
        least = rank;
        next = index;
      }
      if (next < 0) return;
      const claim = heads[next] as number;
      heads[next] = claim + 1;
      visit(parties[next] as Party, claim, next);
    }
  }

  private readonly findOrHide: Visit = (party, claim) => {
    if (!party.find(claim, this)) party.hide(claim);
  };

  private readonly holdOrHide: Visit = (party, claim) => {
    if (party.isShown(claim) && !party.hold(claim, this)) party.hide(claim);
  };

  /** What is new and must be seen comes before what stands. */
  private readonly settleNews: Visit = (party, claim, index) => {
    if (party.rankOf(claim) >= NEWS_BELOW || !party.isFresh(claim)) return;
    this.findOrHide(party, claim, index);
    this.finish(claim, index);
  };

  private readonly settleStanding: Visit = (party, claim, index) => {
    if (this.isDone(claim, index) || !party.isShown(claim) || party.isFresh(claim)) return;
    if (party.hold(claim, this)) this.finish(claim, index);
  };

  /** What is new, what moved, what had to give way; and what was hidden, where it may come back. */
  private readonly settleRest: Visit = (party, claim, index) => {
    if (this.isDone(claim, index)) return;
    const wants = this.refill || party.isShown(claim) || party.isFresh(claim);
    if (!wants || !party.find(claim, this)) party.hide(claim);
  };

  private isDone(claim: number, index: number): boolean {
    return this.done[index]?.[claim] === 1;
  }

  private finish(claim: number, index: number): void {
    const done = this.done[index];
    if (done) done[claim] = 1;
  }
}
