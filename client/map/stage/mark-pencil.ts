// Draws rings, lines and labels given in degrees on a 2D canvas that lies over the globe.
import type { LonLat } from '../../../contracts/column.ts';
import type { Rgb } from '../engine/theme.ts';
import type { Stage } from './stage.ts';

/** Pieces of a line are about this long on the screen, so that it lies on the relief. */
const PIECE_PX = 14;
const MOST_PIECES = 48;
const LABEL_PX = 15;

const rgb = ([r, g, b]: Rgb, alpha = 1): string => `rgb(${r * 255} ${g * 255} ${b * 255} / ${alpha})`;

export class MarkPencil {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private stage: Stage | null = null;
  /** Canvas pixels of the globe to CSS pixels. */
  private scale = 1;
  private ink = '#fff';
  private casing = '#000';

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser has no 2D canvas: marks cannot be drawn');
    this.context = context;
  }

  /** Empties the canvas and takes the size and the colours of the stage. */
  begin(stage: Stage): void {
    this.stage = stage;
    const { clientWidth, clientHeight } = stage.widget.canvas;
    const ratio = Math.min(devicePixelRatio, 2);
    const width = Math.round(clientWidth * ratio);
    const height = Math.round(clientHeight * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.scale = clientWidth / Math.max(1, stage.state.viewport.width);
    this.ink = stage.state.theme.text.strong;
    this.casing = rgb(stage.state.theme.page, 0.85);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, clientWidth, clientHeight);
    this.context.lineJoin = 'round';
    this.context.lineCap = 'round';
  }

  ring(at: LonLat, radius: number, width: number): void {
    const place = this.place(at);
    if (!place) return;
    this.context.setLineDash([]);
    this.context.beginPath();
    this.context.arc(place.x, place.y, radius, 0, Math.PI * 2);
    this.strokeTwice(width);
  }

  /** A ring with gaps: what it is about is not as it was thought. */
  brokenRing(at: LonLat, radius: number): void {
    const place = this.place(at);
    if (!place) return;
    this.context.setLineDash([4, 4]);
    this.context.beginPath();
    this.context.arc(place.x, place.y, radius, 0, Math.PI * 2);
    this.strokeTwice(1.5);
    this.context.setLineDash([]);
  }

  dot(at: LonLat): void {
    const place = this.place(at);
    if (!place) return;
    this.context.beginPath();
    this.context.arc(place.x, place.y, 4, 0, Math.PI * 2);
    this.context.fillStyle = this.ink;
    this.context.fill();
    this.context.setLineDash([]);
    this.context.strokeStyle = this.casing;
    this.context.lineWidth = 1.5;
    this.context.stroke();
  }

  /** The place asked about: a cross in a ring. */
  pin(at: LonLat): void {
    const place = this.place(at);
    if (!place) return;
    this.ring(at, 9, 2);
    this.hairs(place, 9, 17);
  }

  /** The middle of the map, where a point set from the keyboard falls. */
  cross(stage: Stage): void {
    const { clientWidth, clientHeight } = stage.widget.canvas;
    this.hairs({ x: clientWidth / 2, y: clientHeight / 2 }, 5, 20);
  }

  path(points: readonly LonLat[], { width, dashed }: { width: number; dashed: boolean }): void {
    this.context.beginPath();
    this.trace(points);
    this.context.setLineDash(dashed ? [9, 6] : []);
    this.strokeTwice(width);
    this.context.setLineDash([]);
  }

  fill(points: readonly LonLat[]): void {
    this.context.beginPath();
    this.trace([...points, points[0] as LonLat]);
    this.context.fillStyle = this.ink;
    this.context.globalAlpha = 0.12;
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  label(at: LonLat, text: string): void {
    const place = this.place(at);
    if (!place) return;
    const { context } = this;
    context.font = `500 ${LABEL_PX}px 'Barlow Condensed', 'Noto Sans SC Variable', sans-serif`;
    context.textBaseline = 'middle';
    context.strokeStyle = this.casing;
    context.lineWidth = 4;
    context.setLineDash([]);
    context.strokeText(text, place.x + 12, place.y - 12);
    context.fillStyle = this.ink;
    context.fillText(text, place.x + 12, place.y - 12);
  }

  private hairs({ x, y }: { x: number; y: number }, from: number, to: number): void {
    this.context.setLineDash([]);
    this.context.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      this.context.moveTo(x + dx * from, y + dy * from);
      this.context.lineTo(x + dx * to, y + dy * to);
    }
    this.strokeTwice(2);
  }

  private strokeTwice(width: number): void {
    this.context.strokeStyle = this.casing;
    this.context.lineWidth = width + 2.5;
    this.context.stroke();
    this.context.strokeStyle = this.ink;
    this.context.lineWidth = width;
    this.context.stroke();
  }

  private trace(points: readonly LonLat[]): void {
    let down = false;
    const go = (at: LonLat): void => {
      const place = this.place(at);
      if (!place) {
        down = false;
        return;
      }
      if (down) this.context.lineTo(place.x, place.y);
      else this.context.moveTo(place.x, place.y);
      down = true;
    };
    const [first] = points;
    if (first) go(first);
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as LonLat, points[i] as LonLat];
      const pieces = this.piecesOf(a, b);
      for (let piece = 1; piece <= pieces; piece++)
        go([a[0] + ((b[0] - a[0]) * piece) / pieces, a[1] + ((b[1] - a[1]) * piece) / pieces]);
    }
  }

  private piecesOf(a: LonLat, b: LonLat): number {
    const metresPerPixel = (this.stage?.state.metresPerPixel ?? 1) / this.scale;
    const metres = Math.hypot((b[0] - a[0]) * 94_000, (b[1] - a[1]) * 111_000);
    return Math.min(MOST_PIECES, Math.max(1, Math.ceil(metres / metresPerPixel / PIECE_PX)));
  }

  private readonly out = { x: 0, y: 0 };

  private place([lon, lat]: LonLat): { x: number; y: number } | null {
    const stage = this.stage;
    if (!stage) return null;
    const [east, north] = stage.state.frame.toEnu(lon, lat);
    if (!stage.projector.project([east, north, stage.state.heights.at(lon, lat)], this.out)) return null;
    return { x: this.out.x * this.scale, y: this.out.y * this.scale };
  }
}
