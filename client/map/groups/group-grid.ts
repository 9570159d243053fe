// Groups points by the cells of a grid that stands still on the ground, so that panning changes nothing; neighbours whose
// circles would touch become one. Works on the glyph records in place: 200,000 points in a few milliseconds.
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, wrapped } from '../glyphs/record.ts';
import { tints } from '../../looks/sign.ts';
import {
  GROUP_BYTES,
  GROUP_FLOATS,
  ID_AT,
  SHARES,
  STYLE_AT,
  WORST_AT,
  graveness,
  groupRadiusPx,
} from './group-record.ts';

export interface Points {
  readonly floats: Float32Array;
  readonly bytes: Uint8Array;
  readonly highWater: number;
}

export interface GroupOptions {
  /** Side of a cell, metres. */
  readonly cellM: number;
  /** Metres of the ground a pixel at 1080 lines covers, to see which circles would touch. */
  readonly metresPerPx: number;
  /** Local clock in seconds: groups stand where their members are displayed. */
  readonly nowS: number;
  /** Rows that are done with belong to no group. */
  readonly isOver?: ((slot: number) => boolean) | null;
}

const TINTS = tints.length;
/** Clocks may differ by this when a leg begins, seconds. */
const LEG_SLACK_S = 16;
/** Sums of a cell: east, north, height, count. */
const SUMS = 4;
/** Two that were one stay one until they are this much farther apart: groups do not flicker. */
const STAY_TOGETHER = 1.25;

/** Cells next to each other lie next to each other: a city of up to 256 × 256 cells never collides. */
const slotOf = (x: number, y: number): number => (x & 255) | ((y & 255) << 8);

/** Keeps its arrays from call to call; cells are found by a hash, so that empty land costs nothing. One for each layer. */
export class GroupGrid {
  private capacity = 0;
  private table = new Int32Array(0);
  private cellX = new Int32Array(0);
  private cellY = new Int32Array(0);
  private sums = new Float64Array(0);
  private worst = new Uint8Array(0);
  private first = new Int32Array(0);
  private mix = new Uint32Array(0);
  private cells = 0;
  /** Pairs of cells that became one, now and the time before. */
  private together = new Set<number>();
  private before = new Set<number>();
  private idSeed = 0;

  /** Records of the groups, see group-record.ts. */
  group(points: Points, options: GroupOptions): Uint8Array<ArrayBuffer> {
    this.idSeed = Math.imul(Math.round(options.cellM), 0x9e3779b1);
    this.reset();
    this.bin(points, options);
    this.mergeTouching(options.metresPerPx);
    return this.write(points);
  }

  private reset(): void {
    this.table.fill(-1);
    this.cells = 0;
    [this.before, this.together] = [this.together, this.before];
    this.together.clear();
  }

  private bin({ floats: f, bytes, highWater }: Points, { cellM, nowS, isOver }: GroupOptions): void {
    const now = wrapped(nowS, LEG_WRAP_S);
    const perM = 1 / cellM;
    for (let slot = 0, at = 0, style = 32; slot < highWater; slot++) {
      if (bytes[style] !== NO_FORM && !isOver?.(slot)) {
        let x = f[at + 2] as number;
        let y = f[at + 3] as number;
        const dt = f[at + 5] as number;
        const since = now - (f[at + 4] as number);
        const age = since < -LEG_SLACK_S ? since + LEG_WRAP_S : since;
        if (age < dt) {
          const left = age < 0 ? 1 : 1 - age / dt;
          x += ((f[at] as number) - x) * left;
          y += ((f[at + 1] as number) - y) * left;
        }
        const cell = this.cellOf(Math.floor(x * perM), Math.floor(y * perM), slot);
        const tint = bytes[style + 1] as number;
        const grave = graveness(tint);
        if (grave > (this.worst[cell] as number)) this.worst[cell] = grave;
        const share = cell * TINTS + (tint & 63);
        this.mix[share] = (this.mix[share] as number) + 1;
        const { sums } = this;
        const sum = cell * SUMS;
        sums[sum] = (sums[sum] as number) + x;
        sums[sum + 1] = (sums[sum + 1] as number) + y;
        sums[sum + 2] = (sums[sum + 2] as number) + (f[at + 6] as number);
        sums[sum + 3] = (sums[sum + 3] as number) + 1;
      }
      at += RECORD_FLOATS;
      style += RECORD_BYTES;
    }
  }

  /** The cell at x, y; a new one remembers the slot that opened it. */
  private cellOf(x: number, y: number, slot: number): number {
    if ((this.cells + 1) * 2 > this.capacity) this.grow();
    const mask = this.table.length - 1;
    let at = slotOf(x, y) & mask;
    for (;;) {
      const cell = this.table[at] as number;
      if (cell < 0) {
        const fresh = this.cells++;
        this.table[at] = fresh;
        this.cellX[fresh] = x;
        this.cellY[fresh] = y;
        this.first[fresh] = slot;
        this.empty(fresh);
        return fresh;
      }
      if (this.cellX[cell] === x && this.cellY[cell] === y) return cell;
      at = (at + 1) & mask;
    }
  }

  private empty(cell: number): void {
    this.sums.fill(0, cell * SUMS, (cell + 1) * SUMS);
    this.worst[cell] = 0;
    this.mix.fill(0, cell * TINTS, (cell + 1) * TINTS);
  }

  private grow(): void {
    this.capacity = Math.max(1024, this.capacity * 2);
    const longer = <A extends Int32Array | Float64Array | Uint32Array | Uint8Array>(next: A, old: A): A => {
      next.set(old);
      return next;
    };
    const n = this.capacity;
    this.cellX = longer(new Int32Array(n), this.cellX);
    this.cellY = longer(new Int32Array(n), this.cellY);
    this.sums = longer(new Float64Array(n * SUMS), this.sums);
    this.worst = longer(new Uint8Array(n), this.worst);
    this.first = longer(new Int32Array(n), this.first);
    this.mix = longer(new Uint32Array(n * TINTS), this.mix);
    this.table = new Int32Array(Math.max(65_536, n * 2)).fill(-1);
    const mask = this.table.length - 1;
    for (let cell = 0; cell < this.cells; cell++) {
      let at = slotOf(this.cellX[cell] as number, this.cellY[cell] as number) & mask;
      while ((this.table[at] as number) >= 0) at = (at + 1) & mask;
      this.table[at] = cell;
    }
  }

  private find(x: number, y: number): number {
    const mask = this.table.length - 1;
    let at = slotOf(x, y) & mask;
    for (;;) {
      const cell = this.table[at] as number;
      if (cell < 0 || (this.cellX[cell] === x && this.cellY[cell] === y)) return cell;
      at = (at + 1) & mask;
    }
  }

  private countOf(cell: number): number {
    return this.sums[cell * SUMS + 3] as number;
  }

  private idOf(cell: number): number {
    const x = this.cellX[cell] as number;
    const y = this.cellY[cell] as number;
    return (((x & 0xffff) | (y << 16)) ^ this.idSeed) >>> 0;
  }

  /** The larger takes the smaller in; largest first, so that the result does not depend on the order of rows. */
  private mergeTouching(metresPerPx: number): void {
    const order = Array.from({ length: this.cells }, (_, cell) => cell).sort(
      (a, b) =>
        this.countOf(b) - this.countOf(a) ||
        (this.cellX[a] as number) - (this.cellX[b] as number) ||
        (this.cellY[a] as number) - (this.cellY[b] as number),
    );
    for (const cell of order) {
      if (this.countOf(cell) === 0) continue;
      for (let way = 0; way < 9; way++) {
        const dx = (way % 3) - 1;
        const dy = Math.floor(way / 3) - 1;
        if (way === 4) continue;
        const other = this.find((this.cellX[cell] as number) + dx, (this.cellY[cell] as number) + dy);
        if (other < 0 || this.countOf(other) === 0) continue;
        const pair = this.pairOf(cell, other);
        if (!this.touch(cell, other, metresPerPx * (this.before.has(pair) ? STAY_TOGETHER : 1))) continue;
        this.together.add(pair);
        this.take(cell, other);
      }
    }
  }

  /** The same number whichever of the two is the larger. */
  private pairOf(a: number, b: number): number {
    const [one, other] = [this.idOf(a), this.idOf(b)];
    return one < other ? one * 0x100000 + (other & 0xfffff) : other * 0x100000 + (one & 0xfffff);
  }

  private touch(a: number, b: number, metresPerPx: number): boolean {
    const { sums } = this;
    const na = this.countOf(a);
    const nb = this.countOf(b);
    const dx = (sums[a * SUMS] as number) / na - (sums[b * SUMS] as number) / nb;
    const dy = (sums[a * SUMS + 1] as number) / na - (sums[b * SUMS + 1] as number) / nb;
    return Math.hypot(dx, dy) < (groupRadiusPx(na) + groupRadiusPx(nb)) * metresPerPx;
  }

  private take(into: number, from: number): void {
    const { sums, mix } = this;
    for (let k = 0; k < SUMS; k++)
      sums[into * SUMS + k] = (sums[into * SUMS + k] as number) + (sums[from * SUMS + k] as number);
    this.worst[into] = Math.max(this.worst[into] as number, this.worst[from] as number);
    for (let tint = 0; tint < TINTS; tint++) {
      mix[into * TINTS + tint] = (mix[into * TINTS + tint] as number) + (mix[from * TINTS + tint] as number);
    }
    sums[from * SUMS + 3] = 0;
  }

  private write({ floats, bytes }: Points): Uint8Array<ArrayBuffer> {
    let groups = 0;
    for (let cell = 0; cell < this.cells; cell++) if (this.countOf(cell) !== 0) groups++;
    const out = new Float32Array(groups * GROUP_FLOATS);
    const outWords = new Uint32Array(out.buffer);
    const outBytes = new Uint8Array(out.buffer);
    let at = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const n = this.countOf(cell);
      if (n === 0) continue;
      const f = at * GROUP_FLOATS;
      for (let k = 0; k < 3; k++) out[f + k] = (this.sums[cell * SUMS + k] as number) / n;
      out[f + 3] = n;
      outWords[f + ID_AT / 4] = this.idOf(cell);
      this.writeShares(cell, outBytes, at * GROUP_BYTES + 16);
      outBytes[at * GROUP_BYTES + WORST_AT] = this.worst[cell] as number;
      const slot = this.first[cell] as number;
      if (n === 1) {
        const style = slot * RECORD_BYTES + 32;
        outBytes.set(bytes.subarray(style, style + 4), at * GROUP_BYTES + STYLE_AT);
        out[f + 2] = floats[slot * RECORD_FLOATS + 6] as number;
      }
      at++;
    }
    return outBytes;
  }

  /** The largest shares, the rest as one of no tint; ends are rounded up so that no share is lost. */
  private writeShares(cell: number, out: Uint8Array, at: number): void {
    const n = this.countOf(cell);
    const largest: number[] = [];
    for (let tint = 0; tint < TINTS; tint++)
      if ((this.mix[cell * TINTS + tint] as number) > 0) largest.push(tint);
    largest.sort((a, b) => (this.mix[cell * TINTS + b] as number) - (this.mix[cell * TINTS + a] as number));
    let sum = 0;
    for (let i = 0; i < SHARES; i++) {
      const tint = largest[i];
      sum += tint === undefined ? 0 : (this.mix[cell * TINTS + tint] as number);
      out[at + i] = tint ?? 0;
      out[at + SHARES + i] = Math.ceil((sum / n) * 255);
    }
  }
}
