// Boxes on the screen, kept in cells: tells whether a box is free of all others. Allocates nothing once it has grown.

/** Canvas pixels, y down. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const CELL_PX = 64;

export class ScreenGrid {
  private columns = 1;
  private rows = 1;
  private heads = new Int32Array(1);
  private boxes = new Float32Array(4 * 256);
  private boxCount = 0;
  /** Pairs: box, next link of the cell. */
  private links = new Int32Array(2 * 1024);
  private linkCount = 0;

  clear(width: number, height: number): void {
    this.columns = Math.max(1, Math.ceil(width / CELL_PX));
    this.rows = Math.max(1, Math.ceil(height / CELL_PX));
    const cells = this.columns * this.rows;
    if (this.heads.length < cells) this.heads = new Int32Array(cells);
    this.heads.fill(-1);
    this.boxCount = 0;
    this.linkCount = 0;
  }

  add({ left, top, right, bottom }: Readonly<Box>): void {
    const at = this.boxCount * 4;
    if (at === this.boxes.length) this.boxes = grownFloats(this.boxes);
    this.boxes[at] = left;
    this.boxes[at + 1] = top;
    this.boxes[at + 2] = right;
    this.boxes[at + 3] = bottom;
    const lastX = this.column(right);
    const lastY = this.row(bottom);
    for (let y = this.row(top); y <= lastY; y++) {
      for (let x = this.column(left); x <= lastX; x++) {
        const cell = y * this.columns + x;
        if (this.linkCount * 2 === this.links.length) this.links = grownInts(this.links);
        this.links[this.linkCount * 2] = this.boxCount;
        this.links[this.linkCount * 2 + 1] = this.heads[cell] ?? -1;
        this.heads[cell] = this.linkCount++;
      }
    }
    this.boxCount++;
  }

  /** Whether no box comes closer than `margin` pixels; touching is free. */
  free({ left, top, right, bottom }: Readonly<Box>, margin: number): boolean {
    const l = left - margin;
    const t = top - margin;
    const r = right + margin;
    const b = bottom + margin;
    const { boxes, links } = this;
    const lastX = this.column(r);
    const lastY = this.row(b);
    for (let y = this.row(t); y <= lastY; y++) {
      for (let x = this.column(l); x <= lastX; x++) {
        let link = this.heads[y * this.columns + x] as number;
        while (link >= 0) {
          const at = (links[link * 2] as number) * 4;
          if (
            l < (boxes[at + 2] as number) &&
            r > (boxes[at] as number) &&
            t < (boxes[at + 3] as number) &&
            b > (boxes[at + 1] as number)
          )
            return false;
          link = links[link * 2 + 1] as number;
        }
      }
    }
    return true;
  }

  private column(x: number): number {
    return Math.min(Math.max(Math.floor(x / CELL_PX), 0), this.columns - 1);
  }

  private row(y: number): number {
    return Math.min(Math.max(Math.floor(y / CELL_PX), 0), this.rows - 1);
  }
}

function grownFloats(old: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const next = new Float32Array(old.length * 2);
  next.set(old);
  return next;
}

function grownInts(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(old.length * 2);
  next.set(old);
  return next;
}
