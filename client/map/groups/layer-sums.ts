// The worker's book of looks: glyph records by layer as this screen chose them, and the sums the map asked for.
import type { FrameReceiver } from '../../../contracts/frame.ts';
import { NO_CHOICE, type Choice } from '../../looks/choice.ts';
import type { Look } from '../../looks/look.ts';
import type { Aim, GlyphUpdate, GroundBox, Sum, Tally } from '../../shapes.ts';
import { GlyphBuffer, type Ground } from '../glyphs/glyph-buffer.ts';
import { painterOf } from '../glyphs/painter.ts';
import { GroupGrid } from './group-grid.ts';
import { sumUp, tallyOf, type Summed } from './summary.ts';

/** The legend need not count faster than people read, ms. */
const TALLY_MS = 2000;

export interface Place {
  readonly ground: Ground;
  readonly box: GroundBox;
}

type Tables = Iterable<[string, FrameReceiver]>;

const hasPosition = ({ layer }: Look): boolean =>
  Object.values(layer.columns).some(({ type }) => type === 'position') && layer.kind === 'table';

export class LayerSums {
  private readonly looks: ReadonlyMap<string, Look>;
  private readonly buffers = new Map<string, GlyphBuffer>();
  private choices: ReadonlyMap<string, Choice> = new Map();
  private aims: ReadonlyMap<string, Aim> = new Map();
  private readonly grids = new Map<string, GroupGrid>();
  private readonly talliedAt = new Map<string, number>();
  private sinceReport = false;

  constructor(looks: ReadonlyMap<string, Look>) {
    this.looks = looks;
    this.forget();
  }

  /** Tables are void: so is everything made of them. */
  forget(): void {
    this.buffers.clear();
    this.talliedAt.clear();
    this.grids.clear();
    for (const [slug, look] of this.looks) {
      if (!hasPosition(look)) continue;
      const buffer = new GlyphBuffer(painterOf(look, this.choiceOf(slug)));
      buffer.sinceReport = this.sinceReport;
      this.buffers.set(slug, buffer);
    }
  }

  /** Whether times are given by the city clock: what stands anew is then as far as it was on its way. */
  byCityClock(isCity: boolean): void {
    this.sinceReport = isCity;
    for (const buffer of this.buffers.values()) buffer.sinceReport = isCity;
  }

  /** Paints the layers whose choice changed anew; returns their slugs. */
  choose(choices: ReadonlyMap<string, Choice>): Set<string> {
    const before = this.choices;
    this.choices = choices;
    const changed = new Set<string>();
    for (const [slug, look] of this.looks) {
      if ((before.get(slug) ?? NO_CHOICE) === this.choiceOf(slug)) continue;
      changed.add(slug);
      const buffer = this.buffers.get(slug);
      if (buffer) buffer.rule = painterOf(look, this.choiceOf(slug));
    }
    return changed;
  }

  aim(aims: ReadonlyMap<string, Aim>): void {
    this.aims = aims;
  }

  /** Records of changed rows. @param nowS local clock in seconds */
  changed(tables: Tables, { ground }: Place, nowS: number): GlyphUpdate[] {
    const updates: GlyphUpdate[] = [];
    for (const [slug, { table }] of tables) {
      const buffer = this.buffers.get(slug);
      if (buffer && table.changedCount > 0) updates.push(buffer.changed(table, ground, nowS));
    }
    return updates;
  }

  /** Records of every row, for a new ground. */
  all(tables: Tables, { ground }: Place, nowS: number): GlyphUpdate[] {
    return [...tables].flatMap(([slug, { table }]) => {
      const buffer = this.buffers.get(slug);
      return buffer ? [buffer.all(table, ground, nowS)] : [];
    });
  }

  /** Records of the layers whose choice changed. */
  repainted(tables: Tables, changed: ReadonlySet<string>): GlyphUpdate[] {
    return [...tables].flatMap(([slug, { table }]) => {
      const buffer = changed.has(slug) ? this.buffers.get(slug) : undefined;
      return buffer ? [buffer.repaint(table)] : [];
    });
  }

  /** The sums the map asked for, of the layers that changed; of all asked for where `whole`. */
  sums(tables: Tables, { box }: Place, { nowS, whole }: { nowS: number; whole: boolean }): Sum[] {
    const sums: Sum[] = [];
    for (const [slug, { table }] of tables) {
      const aim = this.aims.get(slug);
      const layer = aim && (whole || table.changedCount > 0) ? this.summed(slug, table) : null;
      if (aim && layer) sums.push(sumUp(layer, aim, { nowS, box, grid: this.gridOf(slug) }));
    }
    return sums;
  }

  private gridOf(slug: string): GroupGrid {
    const known = this.grids.get(slug);
    if (known) return known;
    const grid = new GroupGrid();
    this.grids.set(slug, grid);
    return grid;
  }

  /** Counts of the legend, each layer at most every two seconds unless `whole`. */
  tallies(tables: Tables, { nowMs, whole }: { nowMs: number; whole: boolean }): Tally[] {
    const tallies: Tally[] = [];
    for (const [slug, { table }] of tables) {
      const look = this.looks.get(slug);
      const due = nowMs - (this.talliedAt.get(slug) ?? 0) >= TALLY_MS;
      if (!look || (!whole && (!due || table.changedCount === 0))) continue;
      this.talliedAt.set(slug, nowMs);
      tallies.push(tallyOf(look, table, this.choiceOf(slug)));
    }
    return tallies;
  }

  private summed(slug: string, table: FrameReceiver['table']): Summed | null {
    const look = this.looks.get(slug);
    const buffer = this.buffers.get(slug);
    if (!look || !buffer) return null;
    const points = { floats: buffer.floats, bytes: buffer.bytes, highWater: table.highWater };
    return { look, table, points, choice: this.choiceOf(slug) };
  }

  private choiceOf(slug: string): Choice {
    return this.choices.get(slug) ?? NO_CHOICE;
  }
}
