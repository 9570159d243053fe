// What of a scenario's script is due at a moment: pure, so that a jump in any direction is the same as having come there.
import type { ScenarioCaption, ScenarioChapter, ScenarioMove } from '../../contracts/records/scenario.ts';

type Timed = Readonly<{ atS: number }>;

/** Index of the last one that is due at a moment; −1: none yet. `list` is in order of time. */
export const lastDue = (list: readonly Timed[], atS: number): number =>
  list.findLastIndex((one) => one.atS <= atS);

/** What the screen should show: the moves up to a moment, laid over each other. */
export interface Standing {
  readonly scene: string | null;
  /** null: as the scene says. */
  readonly camera: NonNullable<ScenarioMove['camera']> | null;
  readonly select: NonNullable<ScenarioMove['select']> | null;
}

export const NOWHERE: Standing = { scene: null, camera: null, select: null };

/** A scene without a camera is seen as the scene itself says; a selection ends with the next move. */
export function standingAt(moves: readonly ScenarioMove[], atS: number): Standing {
  return moves.slice(0, lastDue(moves, atS) + 1).reduce<Standing>(
    (before, { scene, camera, select }) => ({
      scene: scene ?? before.scene,
      camera: camera ?? (scene === undefined ? before.camera : null),
      select: select ?? null,
    }),
    NOWHERE,
  );
}

/** Real seconds within which "back" means the chapter before, not the beginning of this one. */
const JUST_BEGUN_S = 4;

/** Where "next" (1) or "back" (−1) leads from a moment, seconds after the start; null: nowhere. */
export function chapterFrom(
  chapters: readonly ScenarioChapter[],
  { atS, speed }: { readonly atS: number; readonly speed: number },
  by: 1 | -1,
): number | null {
  const now = lastDue(chapters, atS);
  if (by > 0) return chapters[now + 1]?.atS ?? null;
  const since = atS - (chapters[now]?.atS ?? 0);
  const isNew = since < JUST_BEGUN_S * Math.max(1, speed);
  return chapters[isNew ? now - 1 : now]?.atS ?? (atS > 0 ? 0 : null);
}

const LEAST_READ_MS = 3000;
const MOST_READ_MS = 12_000;
/** Slow readers at a distance, milliseconds a character; a Chinese one says more than a letter. */
const READ_MS = { zh: 170, en: 55 } as const;

/** How long a caption stays at least, however fast its world goes; milliseconds. */
export const readMs = (text: string, locale: 'zh' | 'en'): number =>
  Math.min(MOST_READ_MS, Math.max(LEAST_READ_MS, text.length * READ_MS[locale]));

/** So many captions may wait for their turn; then what is told would no longer be what is seen. */
const MOST_WAITING = 3;

export interface Telling {
  /** Index of the caption; −1: none. */
  readonly index: number;
  /** Waiting for their turn, because the world goes faster than people read. */
  readonly waiting: number;
}

/**
 * Tells captions in their order, each as long as it takes to read. A jump of the script, or too many of them at once,
 * leads to the newest.
 */
export class CaptionTeller {
  private readonly captions: readonly ScenarioCaption[];
  private index = -1;
  /** Local clock, milliseconds: since when it is shown. */
  private since = 0;

  constructor(captions: readonly ScenarioCaption[]) {
    this.captions = captions;
  }

  /** The script was put somewhere else: what is told next is what is due there. */
  jump(): void {
    this.index = -2;
  }

  /**
   * @param atS seconds after the start @param nowMs local clock
   * @param takes how long the one that is shown should stay, milliseconds; Infinity: it is still spoken
   */
  tell(atS: number, nowMs: number, takes: (index: number) => number): Telling {
    const due = lastDue(this.captions, atS);
    const isRead = this.index < 0 || nowMs - this.since >= takes(this.index);
    const isJump = this.index === -2 || due < this.index || due > this.index + MOST_WAITING;
    if (isJump && due !== this.index) this.show(due, nowMs);
    else if (due > this.index && isRead) this.show(this.index + 1, nowMs);
    const isOver = due === this.index && isRead && this.isPast(atS);
    return { index: isOver ? -1 : this.index, waiting: due - this.index };
  }

  private show(index: number, nowMs: number): void {
    this.index = index;
    this.since = nowMs;
  }

  private isPast(atS: number): boolean {
    const shown = this.captions[this.index];
    return shown?.forS !== undefined && atS > shown.atS + shown.forS;
  }
}

/** "T+09:05", "T−00:20"; with seconds while it goes slowly enough to read them. */
export function formatT(seconds: number, withSeconds: boolean): string {
  const whole = Math.floor(Math.abs(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (withSeconds) parts.push(whole % 60);
  return `T${seconds < 0 && whole > 0 ? '−' : '+'}${parts.map(two).join(':')}`;
}
