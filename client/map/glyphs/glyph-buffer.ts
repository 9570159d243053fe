// The glyph records of one layer, kept in the worker: a changed row starts its leg from where it is displayed now and runs
// on along its heading for at most its fresh time, so that nothing jumps between two reports.
import type { LayerTable } from '../../../contracts/table.ts';
import type { GlyphUpdate } from '../../shapes.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { HeightField } from '../geo/height-field.ts';
import {
  LEG_WRAP_S,
  NO_FORM,
  RECORD_BYTES,
  RECORD_FLOATS,
  REPORT_WRAP_S,
  legFraction,
  wrapped,
  writeStyle,
} from './record.ts';
import { resetGlyph, type Glyph, type GlyphRule } from './rule.ts';

/** Farther than this between display and report, the old place was wrong: cut instead of sliding. */
const CUT_M = 2000;
/** A leg reaches a little beyond the next expected report, so that a late one does not stop the object. */
const LEG_PERIODS = 1.25;
/** From so many slots on, all are sent in order when half of them changed: the page takes them as they are. */
const MANY_SLOTS = 256;
const FORM_AT = 32;
const DEG = Math.PI / 180;

export interface Ground {
  readonly frame: LocalFrame;
  readonly heights: HeightField;
}

interface MotionColumns {
  readonly heading: { get(slot: number): number } | null;
  readonly speedKmh: { get(slot: number): number } | null;
}

interface Pass {
  readonly motion: MotionColumns;
  readonly ground: Ground;
  readonly nowS: number;
}

export class GlyphBuffer {
  rule: GlyphRule;
  /**
   * `nowS` is the city clock: a row that stands anew has been on its way since it was reported. Else it is on its way
   * from now on, for nobody knows how far the local clock is off.
   */
  sinceReport = false;
  private readonly positionName: string;
  private readonly legS: number;
  private readonly glyph: Glyph = {
    form: 'dot',
    tint: 'white',
    heading: null,
    scale: 1,
    ringed: false,
    hidden: false,
  };
  /** The records by slot, as last written; see record.ts. */
  floats = new Float32Array(0);
  bytes = new Uint8Array(0);
  private words = new Uint32Array(0);
  private owner = new Uint32Array(0);
  private readonly place = [0, 0];

  constructor(rule: GlyphRule) {
    this.rule = rule;
    const { layer } = rule;
    const position = Object.entries(layer.columns).find(([, column]) => column.type === 'position');
    if (!position)
      throw new Error(
        `map layer ${layer.slug}: glyphs need a position column: remove its look's form or add one`,
      );
    this.positionName = position[0];
    this.legS = layer.moving
      ? Math.min(layer.moving.freshS, (layer.periodS ?? layer.moving.freshS) * LEG_PERIODS)
      : 0;
  }

  /** Records of the slots that changed in `table`. @param nowS local clock in seconds */
  changed(table: LayerTable, ground: Ground, nowS: number): GlyphUpdate {
    return this.write(table, table.changedSlots.slice(0, table.changedCount), { ground, nowS });
  }

  /** Records of every slot, for a new ground. */
  all(table: LayerTable, ground: Ground, nowS: number): GlyphUpdate {
    this.owner.fill(0xffffffff);
    const slots = Uint32Array.from({ length: table.highWater }, (_, slot) => slot);
    return this.write(table, slots, { ground, nowS });
  }

  /** Records of every slot with their styles painted anew; legs run on. */
  repaint(table: LayerTable): GlyphUpdate {
    this.reserve(table.highWater);
    for (let slot = 0; slot < table.highWater; slot++) {
      const positions = table.column(this.positionName) as unknown as PositionView;
      if (table.alive[slot] !== 1 || positions.isNull(slot)) continue;
      this.writeLook(table, slot);
    }
    const slots = Uint32Array.from({ length: table.highWater }, (_, slot) => slot);
    const records = this.bytes.slice(0, table.highWater * RECORD_BYTES).buffer;
    return { slug: this.rule.layer.slug, slots, records, highWater: table.highWater };
  }

  private writeLook(table: LayerTable, slot: number): void {
    resetGlyph(this.glyph);
    this.rule.paint(table, slot, this.glyph);
    writeStyle(this.bytes, slot * RECORD_BYTES + 32, this.glyph);
  }

  private write(
    table: LayerTable,
    slots: Uint32Array<ArrayBuffer>,
    at: { ground: Ground; nowS: number },
  ): GlyphUpdate {
    this.reserve(table.highWater);
    const pass = { motion: this.motionOf(table), ...at };
    for (let i = 0; i < slots.length; i++) this.writeSlot(table, slots[i] as number, pass);
    const { slug } = this.rule.layer;
    const { highWater } = table;
    if (highWater >= MANY_SLOTS && slots.length * 2 >= highWater) {
      return { slug, slots: null, records: this.floats.buffer.slice(0, highWater * RECORD_BYTES), highWater };
    }
    return { slug, slots, records: this.picked(slots), highWater };
  }

  private picked(slots: Uint32Array): ArrayBuffer {
    const { words } = this;
    const out = new Uint32Array(slots.length * RECORD_FLOATS);
    for (let i = 0, to = 0; i < slots.length; i++) {
      const from = (slots[i] as number) * RECORD_FLOATS;
      for (let word = 0; word < RECORD_FLOATS; word++) out[to++] = words[from + word] as number;
    }
    return out.buffer;
  }

  private writeSlot(table: LayerTable, slot: number, { motion, ground, nowS }: Pass): void {
    const style = slot * RECORD_BYTES + 32;
    const positions = table.column(this.positionName) as unknown as PositionView;
    if (table.alive[slot] !== 1 || positions.isNull(slot)) {
      this.bytes[style] = NO_FORM;
      this.owner[slot] = 0xffffffff;
      return;
    }
    const lon = positions.lon(slot);
    const lat = positions.lat(slot);
    ground.frame.project(lon, lat, this.place);
    const f = this.floats;
    const at = slot * RECORD_FLOATS;
    const known = this.owner[slot] === table.generation[slot];
    const validS = (table.validAt[slot] ?? 0) / 1000;
    this.owner[slot] = table.generation[slot] ?? 0;
    const sinceS = known || !this.sinceReport ? nowS : Math.max(nowS - this.legS, Math.min(nowS, validS));
    this.writeLeg(at, known, { nowS, sinceS, ...speedOf(motion, slot) });
    f[at + 6] = ground.heights.at(lon, lat);
    f[at + 7] = wrapped(validS, REPORT_WRAP_S);
    this.writeLook(table, slot);
  }

  /** @param now.sinceS when the leg begins */
  private writeLeg(
    at: number,
    known: boolean,
    now: { nowS: number; sinceS: number; east: number; north: number },
  ): void {
    const f = this.floats;
    const x = this.place[0] ?? 0;
    const y = this.place[1] ?? 0;
    let fromX = x;
    let fromY = y;
    if (known && this.legS > 0) {
      const part = legFraction(wrapped(now.nowS, LEG_WRAP_S), f[at + 4] ?? 0, f[at + 5] ?? 0);
      const shownX = mix(f[at] ?? 0, f[at + 2] ?? 0, part);
      const shownY = mix(f[at + 1] ?? 0, f[at + 3] ?? 0, part);
      if (Math.hypot(shownX - x, shownY - y) < CUT_M) {
        fromX = shownX;
        fromY = shownY;
      }
    }
    f[at] = fromX;
    f[at + 1] = fromY;
    f[at + 2] = x + now.east * this.legS;
    f[at + 3] = y + now.north * this.legS;
    f[at + 4] = wrapped(now.sinceS, LEG_WRAP_S);
    f[at + 5] = this.legS;
  }

  private motionOf(table: LayerTable): MotionColumns {
    const { columns, moving } = this.rule.layer;
    const numbers = (name: string): { get(slot: number): number } | null =>
      moving && columns[name]?.type === 'number'
        ? (table.column(name) as unknown as { get(slot: number): number })
        : null;
    return { heading: numbers('headingDeg'), speedKmh: numbers('speedKmh') };
  }

  private reserve(slots: number): void {
    if (this.owner.length >= slots) return;
    const capacity = Math.max(64, 2 ** Math.ceil(Math.log2(slots)));
    const floats = new Float32Array(capacity * RECORD_FLOATS);
    floats.set(this.floats);
    const owner = new Uint32Array(capacity).fill(0xffffffff);
    owner.set(this.owner);
    this.floats = floats;
    this.words = new Uint32Array(floats.buffer);
    const known = this.bytes.length;
    this.bytes = new Uint8Array(floats.buffer);
    for (let at = known; at < this.bytes.length; at += RECORD_BYTES) this.bytes[at + FORM_AT] = NO_FORM;
    this.owner = owner;
  }
}

interface PositionView {
  lon(slot: number): number;
  lat(slot: number): number;
  isNull(slot: number): boolean;
}

const mix = (a: number, b: number, part: number): number => a + (b - a) * part;

/** Metres a second east and north; zero where heading or speed is not known. */
function speedOf(motion: MotionColumns, slot: number): { east: number; north: number } {
  const heading = motion.heading?.get(slot) ?? NaN;
  const speed = (motion.speedKmh?.get(slot) ?? NaN) / 3.6;
  if (!(speed > 0) || Number.isNaN(heading)) return { east: 0, north: 0 };
  return { east: Math.sin(heading * DEG) * speed, north: Math.cos(heading * DEG) * speed };
}
