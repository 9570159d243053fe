// When what carries a text or a number is settled anew: by rank while the camera moves, a few times a second, what is shown
// held clear in the frames in between; at rest only what is news. Nothing is done in a frame in which nothing changed.
import type { CesiumWidget } from 'cesium';
import type { StageState } from '../engine/stage-state.ts';
import { CollisionBoard, type Party, type Pass } from '../labels/collision-board.ts';
import type { LabelView } from './label-view.ts';

/** While the camera moves, everything is settled by rank this often, seconds. */
const WHOLE_EVERY_S = 0.15;
/** Rows change: what is new finds its place this often, what was hidden comes back this often, seconds. */
const NEWS_EVERY_S = 0.5;
const REFILL_EVERY_S = 5;

export interface PlacingParts {
  readonly widget: Pick<CesiumWidget, 'scene'>;
  readonly state: StageState;
  readonly view: LabelView;
  /** The first comes first where two are of one rank. */
  readonly parties: readonly Party[];
  /** Before a settling: reads what there is to settle. */
  prepare(moved: boolean): void;
  /** After it: draws what was settled from now on. */
  lay(): void;
}

export class Placing {
  private readonly board = new CollisionBoard();
  private readonly parts: PlacingParts;
  private stale = true;
  private news = false;
  /** The camera moved since everything was settled. */
  private owed = false;
  private wholeS = -Infinity;
  private newsS = -Infinity;
  private refillS = -Infinity;

  constructor(parts: PlacingParts) {
    this.parts = parts;
  }

  /** Everything is settled anew in the next frame though the camera stands still. */
  renew(): void {
    this.stale = true;
  }

  /** Everything was settled for the camera as it stands. */
  get settled(): boolean {
    return !this.stale && !this.owed;
  }

  /** Rows or signs changed. */
  touch(): void {
    this.news = true;
  }

  /** Call every frame, after the projector was refreshed. */
  frame(): void {
    const { view, parties } = this.parts;
    const pass = this.nextPass(view.moved());
    if (!pass) return;
    view.read();
    if (pass !== 'hold') this.parts.prepare(pass === 'whole');
    this.board.settle(view, parties, pass);
    this.parts.lay();
  }

  private nextPass(moved: boolean): Pass | null {
    const { nowS } = this.parts.state;
    if (moved) this.owed = true;
    if (this.stale || (this.owed && isDue(this.wholeS, nowS, WHOLE_EVERY_S))) {
      this.stale = false;
      this.owed = false;
      this.news = false;
      this.wholeS = nowS;
      return 'whole';
    }
    // Where frames are drawn on request, what is owed must not wait for one.
    if (this.owed) this.parts.widget.scene.requestRender();
    if (moved) return 'hold';
    if (this.owed || !this.news || !isDue(this.newsS, nowS, NEWS_EVERY_S)) return null;
    this.news = false;
    this.newsS = nowS;
    if (!isDue(this.refillS, nowS, REFILL_EVERY_S)) return 'news';
    this.refillS = nowS;
    return 'refill';
  }
}

/** The clock of the machine may be set back. */
const isDue = (sinceS: number, nowS: number, everyS: number): boolean => !(Math.abs(nowS - sinceS) < everyS);
