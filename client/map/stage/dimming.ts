// In 战时 the land outside the affected area steps back a little, once, and comes back with peacetime.
import type { City, County } from '../../stores/city.ts';
import type { Crisis } from '../../stores/mode.ts';
import { isStill } from '../../motion.ts';
import type { LocalFrame } from '../geo/enu.ts';
import { drawAffectedMask } from './city-mask.ts';
import type { Ground } from './globe-material.ts';

/** Share of its light that the rest loses. */
const DIM = 0.12;
/** As long as the whole change between the modes, seconds. */
const CHANGE_S = 1.2;

/** Where the counties are. */
interface Outlines {
  readonly city: City;
  readonly basemap: { readonly counties: readonly County[] };
}

export class Dimming {
  private readonly ground: Ground;
  private readonly outlines: Outlines;
  private readonly frame: LocalFrame;
  private from = 0;
  private to = 0;
  private now = 0;
  /** Seconds on the stage's clock; null: at rest. */
  private beganS: number | null = null;

  constructor(ground: Ground, outlines: Outlines, frame: LocalFrame) {
    this.ground = ground;
    this.outlines = outlines;
    this.frame = frame;
  }

  /** null: peacetime; what was affected is kept until it is as light as the rest. */
  show(crisis: Crisis | null, nowS: number): void {
    const { city, basemap } = this.outlines;
    if (crisis) {
      const whole = crisis.areas.includes(city.code);
      const inside = basemap.counties.filter(({ code }) => whole || crisis.areas.includes(code));
      this.ground.setAffected(drawAffectedMask(city, inside, this.frame));
    }
    this.from = this.now;
    this.to = crisis ? DIM : 0;
    this.beganS = isStill() ? nowS - CHANGE_S : nowS;
  }

  /** Call before every frame; true while it changes. */
  step(nowS: number): boolean {
    if (this.beganS === null) return false;
    const passed = Math.min(1, Math.max(0, (nowS - this.beganS) / CHANGE_S));
    this.now = this.from + (this.to - this.from) * passed * passed * (3 - 2 * passed);
    this.ground.setDim(this.now);
    if (passed === 1) this.beganS = null;
    return true;
  }
}
