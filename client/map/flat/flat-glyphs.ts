// The glyphs of one layer on the light map: the worker's records in degrees, moved along their legs.
import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import type { GlyphMirror } from '../../stores/glyphs.ts';
import type { LocalFrame } from '../geo/enu.ts';
import {
  LEG_WRAP_S,
  NO_FORM,
  RECORD_BYTES,
  RECORD_FLOATS,
  REPORT_WRAP_S,
  RINGED,
  SCALE_STEPS,
  TURNED,
  isCalm,
  legFraction,
  wrapped,
} from '../glyphs/record.ts';
import { representationAt, type Look } from '../../looks/look.ts';
import { forms } from '../../looks/sign.ts';
import { asAtlas, type FlatPart, type FlatView } from './flat-view.ts';
import { iconName, type IconAtlas } from './icon-atlas.ts';

/** Camera heights between which glyphs grow from far to near size, metres. */
const NEAR_M = 20_000;
const FAR_M = 220_000;
/** A row is stale after this many periods without a report. */
const STALE_PERIODS = 4;
const STALE_ALPHA = 0.45;
/** Many calm dots are ground, not news. */
const DOT_ALPHA = 0.55;
/** A finger near a station and a passing dot means the station. */
const DOT_HANDICAP_PX = 12;
/** A glyph fills two thirds of its cell. */
const CELL_PER_GLYPH = 1.5;
/** Fingers are wider than pointers: nothing smaller than this is drawn as a form. */
const LEAST_PX = 3;
const DOT = forms.indexOf('dot');

export interface GlyphSource {
  readonly look: Look;
  readonly mirror: GlyphMirror;
  readonly atlas: IconAtlas;
  readonly frame: LocalFrame;
}

export class FlatGlyphs implements FlatPart {
  shown = true;
  opacity = 1;
  private readonly source: GlyphSource;
  /** Degrees of both ends of each leg: lon, lat, lon, lat. */
  private ends = new Float64Array(0);
  /** Degrees where each slot is displayed now: lon, lat. */
  private places = new Float64Array(0);
  private data = { length: 0 };
  private restyled = 0;
  private moved = 0;
  private movedAtS = -Infinity;

  constructor(source: GlyphSource) {
    this.source = source;
  }

  layers(view: FlatView): Layer[] {
    const { mirror, look } = this.source;
    if (!this.shown || mirror.highWater === 0) return [];
    this.refresh();
    this.move(view);
    const size = glyphSizeAt(look.size, view.heightM);
    const { dots, calmHidden, allHidden } = manner(look, view.heightM);
    if (allHidden) return [];
    const style = [this.restyled, Math.round(size * 4), dots, calmHidden];
    return [
      new IconLayer({
        id: `glyphs-${look.layer.slug}`,
        opacity: this.opacity,
        data: this.data,
        iconAtlas: asAtlas(this.source.atlas.canvas),
        iconMapping: this.source.atlas.mapping,
        sizeUnits: 'pixels',
        getPosition: (_, { index }) => [this.places[index * 2] ?? 0, this.places[index * 2 + 1] ?? 0],
        getIcon: (_, { index }) => this.iconOf(index, dots),
        getSize: (_, { index }) => this.sizeOf(index, { size, calmHidden }),
        getAngle: (_, { index }) => this.angleOf(index, view.bearing),
        getColor: (_, { index }) => [0, 0, 0, this.alphaOf(index, view.citySeconds, dots)],
        updateTriggers: {
          getPosition: this.moved,
          getIcon: style,
          getSize: style,
          getAngle: [this.restyled, Math.round(view.bearing)],
          getColor: [this.restyled, dots, Math.floor(view.citySeconds / 5)],
        },
      }),
    ];
  }

  /** The slot displayed nearest to a point of the canvas, within `radiusPx`; null for none. */
  nearest(
    view: FlatView,
    at: { x: number; y: number; radiusPx: number },
  ): { slot: number; distancePx: number } | null {
    const { mirror, look } = this.source;
    const { dots, calmHidden, allHidden } = manner(look, view.heightM);
    if (allHidden) return null;
    let least = at.radiusPx + glyphSizeAt(look.size, view.heightM) / 2;
    let slot = -1;
    for (let i = 0; this.shown && i < this.data.length; i++) {
      if (mirror.bytes[i * RECORD_BYTES + 32] === NO_FORM) continue;
      if (calmHidden && isCalm(mirror.bytes[i * RECORD_BYTES + 33] ?? 0)) continue;
      const [x = 0, y = 0] = view.viewport.project([this.places[i * 2] ?? 0, this.places[i * 2 + 1] ?? 0]);
      const isDot = dots && isCalm(mirror.bytes[i * RECORD_BYTES + 33] ?? 0);
      const distance = Math.hypot(x - at.x, y - at.y) + (isDot ? DOT_HANDICAP_PX : 0);
      if (distance < least) {
        least = distance;
        slot = i;
      }
    }
    return slot < 0 ? null : { slot, distancePx: least };
  }

  placeOf(slot: number): readonly [lon: number, lat: number] | null {
    if (slot >= this.data.length || this.source.mirror.bytes[slot * RECORD_BYTES + 32] === NO_FORM)
      return null;
    return [this.places[slot * 2] ?? 0, this.places[slot * 2 + 1] ?? 0];
  }

  private refresh(): void {
    const { mirror, frame } = this.source;
    const known = this.ends.length / 4;
    const dirty = mirror.takeDirty();
    const from = known === 0 ? 0 : (dirty?.from ?? mirror.highWater);
    const to = known === 0 ? mirror.highWater : (dirty?.to ?? 0);
    if (from >= to) return;
    if (mirror.highWater > known) {
      this.ends = grown(this.ends, mirror.highWater * 4);
      this.places = grown(this.places, mirror.highWater * 2);
    }
    for (let slot = from; slot < Math.min(to, mirror.highWater); slot++) {
      const at = slot * RECORD_FLOATS;
      this.ends.set(frame.toLonLat(mirror.floats[at] ?? 0, mirror.floats[at + 1] ?? 0), slot * 4);
      this.ends.set(frame.toLonLat(mirror.floats[at + 2] ?? 0, mirror.floats[at + 3] ?? 0), slot * 4 + 2);
    }
    if (this.data.length !== mirror.highWater) this.data = { length: mirror.highWater };
    this.restyled++;
    this.movedAtS = -Infinity;
  }

  /** Along the legs, every frame for things that move. */
  private move({ nowS }: FlatView): void {
    if (nowS === this.movedAtS || (this.movedAtS > -Infinity && !this.source.look.layer.moving)) return;
    this.movedAtS = nowS;
    const { floats } = this.source.mirror;
    const now = wrapped(nowS, LEG_WRAP_S);
    for (let slot = 0; slot < this.data.length; slot++) {
      const part = legFraction(
        now,
        floats[slot * RECORD_FLOATS + 4] ?? 0,
        floats[slot * RECORD_FLOATS + 5] ?? 0,
      );
      for (let axis = 0; axis < 2; axis++) {
        const start = this.ends[slot * 4 + axis] ?? 0;
        this.places[slot * 2 + axis] = start + ((this.ends[slot * 4 + 2 + axis] ?? 0) - start) * part;
      }
    }
    this.moved++;
  }

  private byte(slot: number, at: number): number {
    return this.source.mirror.bytes[slot * RECORD_BYTES + 32 + at] ?? 0;
  }

  private iconOf(slot: number, dots: boolean): string {
    const style = this.byte(slot, 1);
    const form = this.byte(slot, 0);
    const plain = dots && isCalm(style);
    return iconName(form === NO_FORM || plain ? DOT : form, style & (RINGED - 1));
  }

  private sizeOf(slot: number, { size, calmHidden }: { size: number; calmHidden: boolean }): number {
    const style = this.byte(slot, 1);
    if (this.byte(slot, 0) === NO_FORM || (calmHidden && isCalm(style))) return 0;
    return Math.max(LEAST_PX, size * (this.byte(slot, 3) / SCALE_STEPS)) * CELL_PER_GLYPH;
  }

  private angleOf(slot: number, bearing: number): number {
    return (this.byte(slot, 1) & TURNED) === 0 ? 0 : bearing - (this.byte(slot, 2) * 360) / 256;
  }

  /** A row that has not reported for long fades, as on the globe. */
  private alphaOf(slot: number, citySeconds: number, dots: boolean): number {
    const { look, mirror } = this.source;
    const { layer } = look;
    const staleS = layer.periodS === null ? Infinity : layer.periodS * STALE_PERIODS;
    const reported = mirror.floats[slot * RECORD_FLOATS + 7] ?? 0;
    const ageS = wrapped(citySeconds - reported, REPORT_WRAP_S);
    const fresh = dots && isCalm(this.byte(slot, 1)) ? DOT_ALPHA : 1;
    return 255 * (ageS > staleS && ageS < REPORT_WRAP_S / 2 ? STALE_ALPHA : fresh);
  }
}

/** Under groups nothing is drawn here; under a density or counts, what is not calm. */
function manner(look: Look, heightM: number): { dots: boolean; calmHidden: boolean; allHidden: boolean } {
  const as = representationAt(look, heightM);
  const dots = as === 'dots';
  return { dots, calmHidden: as !== 'glyphs' && !dots, allHidden: as === 'groups' };
}

export function glyphSizeAt(size: Look['size'], heightM: number): number {
  const t = Math.min(Math.max(Math.log(heightM / NEAR_M) / Math.log(FAR_M / NEAR_M), 0), 1);
  return size.nearPx + (size.farPx - size.nearPx) * t;
}

function grown(before: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(length);
  next.set(before.subarray(0, Math.min(before.length, length)));
  return next;
}
