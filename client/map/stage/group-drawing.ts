// The groups of a layer: the primitive over what the worker grouped, placed with those of the other layers, and picking them.
import type { Texture } from 'cesium';
import type { Look } from '../../looks/look.ts';
import type { Sum } from '../../shapes.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { GroupPlaces } from '../groups/group-places.ts';
import { GroupPrimitive } from '../groups/group-primitive.ts';
import type { Part } from '../kit.ts';
import type { Hit, PickPoint } from '../layer.ts';
import { partOf, type Owner } from './shape-kit.ts';

export interface GroupParts {
  readonly state: StageState;
  readonly look: Look;
  readonly places: GroupPlaces;
  readonly owner: Owner<object>;
  readonly atlas: () => Texture;
  readonly digits: () => Texture;
  add(primitive: GroupPrimitive): void;
}

export interface GroupDrawing extends Part {
  take(sum: Sum | null): void;
  /** Draws what was settled from now on. */
  lay(): void;
  /** The groups as they came; those of one are signs at their places. */
  readonly records: Uint8Array<ArrayBuffer>;
  pick(at: PickPoint): Hit | null;
  /** Circles on the screen, canvas pixels: left, top, right, bottom. */
  boxes(): { id: string; box: readonly [number, number, number, number] }[];
}

export function createGroupDrawing(parts: GroupParts): GroupDrawing {
  const { state, look, places } = parts;
  const { slug } = look.layer;
  const primitive = new GroupPrimitive(state, {
    atlas: parts.atlas,
    digits: parts.digits,
    look: {
      form: look.form,
      mix: look.mix ?? false,
      quiet: look.quiet ?? false,
      singlePx: look.size.nearPx * 0.8,
    },
  });
  parts.add(primitive);
  let laid: Uint8Array<ArrayBuffer> | null = null;
  const part = partOf(primitive, parts.owner);

  return {
    ...part,
    show(visible) {
      part.show(visible);
      places.list(slug, visible);
    },
    get records() {
      return primitive.show ? places.records(slug) : new Uint8Array(0);
    },
    take(sum) {
      const records = sum?.as === 'groups' ? sum.records : new Uint8Array(0);
      places.set(slug, records, { quiet: look.quiet ?? false, order: look.order });
    },
    lay() {
      const records = places.records(slug);
      if (!places.write(slug) && records === laid) return;
      laid = records;
      primitive.set(records);
    },
    pick(at) {
      for (const { stand, x, y, radius } of places.circles(slug)) {
        if (Math.hypot(x - at.x, y - at.y) > radius) continue;
        const [east, north] = stand.place;
        return { layer: slug, key: '', distancePx: 0, group: { count: stand.count, east, north } };
      }
      return null;
    },
    boxes: () =>
      Array.from(places.circles(slug), ({ stand, x, y, radius }) => ({
        id: `${slug}/${stand.count}`,
        box: [x - radius, y - radius, x + radius, y + radius] as const,
      })),
  };
}
