// Turns the camera around one thing, by pointer, wheel and keys. Nothing moves by itself: every step is one drawing.
import type { PerspectiveCamera } from 'three';

// Radians a key, radians a pixel, share of the distance a step.
const KEY_TURN = 0.12;
const POINTER_TURN = 0.006;
const ZOOM_STEP = 1.12;
const LOWEST = 0.06;
const HIGHEST = 1.35;
/** From the left bank upstream, a little above the crest: pool, marks and gates are seen at once. */
const HOME = { yaw: Math.PI + 0.42, pitch: 0.3 };

export interface OrbitOptions {
  readonly target: readonly [number, number, number];
  /** Metres at home; zooming keeps within a third and two and a half of it. */
  readonly distance: number;
  onChange(): void;
}

export class Orbit {
  private yaw = HOME.yaw;
  private pitch = HOME.pitch;
  private zoom = 1;
  private readonly options: OrbitOptions;

  constructor(options: OrbitOptions) {
    this.options = options;
  }

  turn(yaw: number, pitch: number): void {
    this.yaw += yaw;
    this.pitch = Math.min(HIGHEST, Math.max(LOWEST, this.pitch + pitch));
    this.options.onChange();
  }

  scale(factor: number): void {
    this.zoom = Math.min(2.5, Math.max(0.33, this.zoom * factor));
    this.options.onChange();
  }

  home(): void {
    this.yaw = HOME.yaw;
    this.pitch = HOME.pitch;
    this.zoom = 1;
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
    else if (key === 'Home') this.home();
    else return false;
    return true;
  }

  drag(dx: number, dy: number): void {
    this.turn(-dx * POINTER_TURN, dy * POINTER_TURN);
  }

  wheel(deltaY: number): void {
    this.scale(deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  }

  place(camera: PerspectiveCamera): void {
    const { target, distance } = this.options;
    const away = distance * this.zoom;
    const flat = away * Math.cos(this.pitch);
    camera.position.set(
      target[0] + flat * Math.sin(this.yaw),
      target[1] + away * Math.sin(this.pitch),
      target[2] + flat * Math.cos(this.yaw),
    );
    camera.lookAt(...target);
    camera.updateMatrixWorld();
  }
}
