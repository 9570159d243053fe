// Turns the camera around one thing, by pointer, wheel and keys, or brings it to a side of it. Nothing moves by itself: when
// the camera has arrived nothing is drawn any more.
import type { PerspectiveCamera } from 'three';

// Radians a key, radians a pixel, share of the distance a step.
const KEY_TURN = 0.12;
const POINTER_TURN = 0.006;
const ZOOM_STEP = 1.12;
const LOWEST = 0.1;
const HIGHEST = 1.45;
/** A flight to a side, as everywhere on the map below 30 km, ms. */
const FLIGHT_MS = 1200;

export interface Side {
  /** 0 looks upstream from below the dam; radians to the left bank. */
  readonly yaw: number;
  readonly pitch: number;
  /** Share of the distance that shows the whole dam. */
  readonly zoom: number;
}

export const sides = {
  downstream: { yaw: -0.5, pitch: 0.27, zoom: 1 },
  upstream: { yaw: Math.PI + 0.5, pitch: 0.3, zoom: 1.15 },
  above: { yaw: 0, pitch: 1.32, zoom: 1.25 },
} as const satisfies Record<string, Side>;
export type SideName = keyof typeof sides;

export interface OrbitOptions {
  readonly target: readonly [number, number, number];
  /** Width and height that should fit the picture, metres. */
  readonly fit: readonly [number, number];
  onChange(): void;
}

export class Orbit {
  private now: Side = sides.downstream;
  private flight: { readonly from: Side; readonly to: Side; startMs: number | null } | null = null;
  private readonly options: OrbitOptions;

  constructor(options: OrbitOptions) {
    this.options = options;
  }

  /** The camera stands above the dam's downstream side. */
  get isDownstream(): boolean {
    return Math.cos(this.now.yaw) > 0;
  }

  turn(yaw: number, pitch: number): void {
    this.flight = null;
    const { now } = this;
    this.now = {
      ...now,
      yaw: now.yaw + yaw,
      pitch: Math.min(HIGHEST, Math.max(LOWEST, now.pitch + pitch)),
    };
    this.options.onChange();
  }

  scale(factor: number): void {
    this.flight = null;
    this.now = { ...this.now, zoom: Math.min(2, Math.max(0.3, this.now.zoom * factor)) };
    this.options.onChange();
  }

  /** Goes to a side of the dam; at once where nothing shall move. */
  show(side: SideName, still: boolean): void {
    const to = sides[side];
    this.flight = null;
    if (still) this.now = to;
    else this.flight = { from: nearest(this.now, to.yaw), to, startMs: null };
    this.options.onChange();
  }

  /** True when the key was one of ours. */
  key(key: string): boolean {
    if (key === 'ArrowLeft') this.turn(-KEY_TURN, 0);
    else if (key === 'ArrowRight') this.turn(KEY_TURN, 0);
    else if (key === 'ArrowUp') this.turn(0, KEY_TURN);
    else if (key === 'ArrowDown') this.turn(0, -KEY_TURN);
    else if (key === '+' || key === '=') this.scale(1 / ZOOM_STEP);
    else if (key === '-') this.scale(ZOOM_STEP);
    else return false;
    return true;
  }

  drag(dx: number, dy: number): void {
    this.turn(-dx * POINTER_TURN, dy * POINTER_TURN);
  }

  wheel(deltaY: number): void {
    this.scale(deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  }

  /** Moves on to a frame's time; true while there is further to go. */
  step(frameMs: number): boolean {
    const { flight } = this;
    if (!flight) return false;
    flight.startMs ??= frameMs;
    const t = Math.min(1, (frameMs - flight.startMs) / FLIGHT_MS);
    const part = t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
    const mix = (from: number, to: number): number => from + (to - from) * part;
    const { from, to } = flight;
    this.now = {
      yaw: mix(from.yaw, to.yaw),
      pitch: mix(from.pitch, to.pitch),
      zoom: mix(from.zoom, to.zoom),
    };
    if (t >= 1) this.flight = null;
    return t < 1;
  }

  place(camera: PerspectiveCamera): void {
    const { target, fit } = this.options;
    const { yaw, pitch, zoom } = this.now;
    const half = Math.tan((camera.fov * Math.PI) / 360);
    const away = zoom * Math.max(fit[0] / (2 * half * camera.aspect), fit[1] / (2 * half));
    const flat = away * Math.cos(pitch);
    camera.position.set(
      target[0] + flat * Math.sin(yaw),
      target[1] + away * Math.sin(pitch),
      target[2] + flat * Math.cos(yaw),
    );
    camera.lookAt(...target);
    camera.updateMatrixWorld();
  }
}

/** The same side, counted so that the turn to `yaw` is the short one. */
function nearest(side: Side, yaw: number): Side {
  const turns = Math.round((yaw - side.yaw) / (2 * Math.PI));
  return { ...side, yaw: side.yaw + turns * 2 * Math.PI };
}
