// Groups points by the cells of a grid that stands still on the ground, so that panning changes nothing; neighbours whose
// circles would touch become one. Works on the glyph records in place: 200,000 points in a few milliseconds.
import { LEG_WRAP_S, NO_FORM, RECORD_BYTES, RECORD_FLOATS, legFraction, wrapped } from '../glyphs/record.ts';
import { tints } from '../../looks/sign.ts';
import {
  GROUP_BYTES,
  GROUP_FLOATS,
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
}

const TINTS = tints.length;

function hashOf(x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Keeps its arrays from call to call; cells are found by a hash, so that empty land costs nothing. */
export class GroupGrid {
  private capacity = 0;
  private table = new Int32Array(0);
  private cellX = new Int32Array(0);
  private cellY = new Int32Array(0);
  private sumX = new Float64Array(0);
  private sumY = new Float64Array(0);
  private sumZ = new Float64Array(0);
  private count = new Uint32Array(0);
  private worst = new Uint8Array(0);
  private first = new Int32Array(0);
  private mix = new Uint32Array(0);
  private cells = 0;

  /** Records of the groups, see group-record.ts. */
  group(points: Points, options: GroupOptions): Uint8Array<ArrayBuffer> {
    this.reset();
    this.bin(points, options);
    this.mergeTouching(options.metresPerPx);
    return this.write(points);
  }

  private reset(): void {
    this.table.fill(-1);
    this.cells = 0;
  }

  private bin({ floats: f, bytes, highWater }: Points, { cellM, nowS }: GroupOptions): void {
    const now = wrapped(nowS, LEG_WRAP_S);
    for (let slot = 0; slot < highWater; slot++) {
      const style = slot * RECORD_BYTES + 32;
      if (bytes[style] === NO_FORM) continue;
      const at = slot * RECORD_FLOATS;
      const dt = f[at + 5] as number;
      const part = dt > 0 ? legFraction(now, f[at + 4] as number, dt) : 1;
      const x = (f[at] as number) + ((f[at + 2] as number) - (f[at] as number)) * part;
      const y = (f[at + 1] as number) + ((f[at + 3] as number) - (f[at + 1] as number)) * part;
      const cell = this.cellOf(Math.floor(x / cellM), Math.floor(y / cellM));
      this.sumX[cell] = (this.sumX[cell] as number) + x;
      this.sumY[cell] = (this.sumY[cell] as number) + y;
      this.sumZ[cell] = (this.sumZ[cell] as number) + (f[at + 6] as number);
      if (this.count[cell] === 0) this.first[cell] = slot;
      this.count[cell] = (this.count[cell] as number) + 1;
      const tint = bytes[style + 1] as number;
      const grave = graveness(tint);
      if (grave > (this.worst[cell] as number)) this.worst[cell] = grave;
      const share = cell * TINTS + (tint & 63);
      this.mix[share] = (this.mix[share] as number) + 1;
    }
  }

  private cellOf(x: number, y: number): number {
    if ((this.cells + 1) * 2 > this.capacity) this.grow();
    const mask = this.table.length - 1;
    let at = hashOf(x, y) & mask;
    for (;;) {
      const cell = this.table[at] as number;
      if (cell < 0) {
        const fresh = this.cells++;
        this.table[at] = fresh;
        this.cellX[fresh] = x;
        this.cellY[fresh] = y;
        this.empty(fresh);
        return fresh;
      }
      if (this.cellX[cell] === x && this.cellY[cell] === y) return cell;
      at = (at + 1) & mask;
    }
  }

  private empty(cell: number): void {
    this.sumX[cell] = 0;
    this.sumY[cell] = 0;
    this.sumZ[cell] = 0;
    this.count[cell] = 0;
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
    this.sumX = longer(new Float64Array(n), this.sumX);
    this.sumY = longer(new Float64Array(n), this.sumY);
    this.sumZ = longer(new Float64Array(n), this.sumZ);
    this.count = longer(new Uint32Array(n), this.count);
    this.worst = longer(new Uint8Array(n), this.worst);
    this.first = longer(new Int32Array(n), this.first);
    this.mix = longer(new Uint32Array(n * TINTS), this.mix);
    this.table = new Int32Array(n * 2).fill(-1);
    const mask = this.table.length - 1;
    for (let cell = 0; cell < this.cells; cell++) {
      let at = hashOf(this.cellX[cell] as number, this.cellY[cell] as number) & mask;
      while ((this.table[at] as number) >= 0) at = (at + 1) & mask;
      this.table[at] = cell;
    }
  }

  private find(x: number, y: number): number {
    const mask = this.table.length - 1;
    let at = hashOf(x, y) & mask;
    for (;;) {
      const cell = this.table[at] as number;
      if (cell < 0 || (this.cellX[cell] === x && this.cellY[cell] === y)) return cell;
      at = (at + 1) & mask;
    }
  }

  /** The larger takes the smaller in; largest first, so that the result does not depend on the order of rows. */
  private mergeTouching(metresPerPx: number): void {
    const order = Array.from({ length: this.cells }, (_, cell) => cell).sort(
      (a, b) =>
        (this.count[b] as number) - (this.count[a] as number) ||
        (this.cellX[a] as number) - (this.cellX[b] as number) ||
        (this.cellY[a] as number) - (this.cellY[b] as number),
    );
    for (const cell of order) {
      if (this.count[cell] === 0) continue;
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          if (dx === 0 && dy === 0) continue;
          const other = this.find((this.cellX[cell] as number) + dx, (this.cellY[cell] as number) + dy);
          if (other >= 0 && this.count[other] !== 0 && this.touch(cell, other, metresPerPx))
            this.take(cell, other);
        }
      }
    }
  }

  private touch(a: number, b: number, metresPerPx: number): boolean {
    const na = this.count[a] as number;
    const nb = this.count[b] as number;
    const dx = (this.sumX[a] as number) / na - (this.sumX[b] as number) / nb;
    const dy = (this.sumY[a] as number) / na - (this.sumY[b] as number) / nb;
    return Math.hypot(dx, dy) < (groupRadiusPx(na) + groupRadiusPx(nb)) * metresPerPx;
  }

  private take(into: number, from: number): void {
    this.sumX[into] = (this.sumX[into] as number) + (this.sumX[from] as number);
    this.sumY[into] = (this.sumY[into] as number) + (this.sumY[from] as number);
    this.sumZ[into] = (this.sumZ[into] as number) + (this.sumZ[from] as number);
    this.count[into] = (this.count[into] as number) + (this.count[from] as number);
    this.worst[into] = Math.max(this.worst[into] as number, this.worst[from] as number);
    for (let tint = 0; tint < TINTS; tint++) {
      this.mix[into * TINTS + tint] =
        (this.mix[into * TINTS + tint] as number) + (this.mix[from * TINTS + tint] as number);
    }
    this.count[from] = 0;
  }

  private write({ floats, bytes }: Points): Uint8Array<ArrayBuffer> {
    let groups = 0;
    for (let cell = 0; cell < this.cells; cell++) if (this.count[cell] !== 0) groups++;
    const out = new Float32Array(groups * GROUP_FLOATS);
    const outBytes = new Uint8Array(out.buffer);
    let at = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const n = this.count[cell] as number;
      if (n === 0) continue;
      const f = at * GROUP_FLOATS;
      out[f] = (this.sumX[cell] as number) / n;
      out[f + 1] = (this.sumY[cell] as number) / n;
      out[f + 2] = (this.sumZ[cell] as number) / n;
      out[f + 3] = n;
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
    const n = this.count[cell] as number;
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
