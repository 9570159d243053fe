// The groups of a layer: the primitive over what the worker grouped, and picking them.
import type { Texture } from 'cesium';
import type { Look } from '../../looks/look.ts';
import type { Sum } from '../../shapes.ts';
import type { StageState } from '../engine/stage-state.ts';
import { GroupPrimitive } from '../groups/group-primitive.ts';
import { ASIDE_AT, GROUP_BYTES, GROUP_FLOATS, groupRadiusPx } from '../groups/group-record.ts';
import type { Part } from '../kit.ts';
import type { Hit, PickPoint } from '../layer.ts';
import type { Projector } from './camera.ts';
import { partOf, type Owner } from './shape-kit.ts';

export interface GroupParts {
  readonly state: StageState;
  readonly look: Look;
  readonly projector: Projector;
  readonly owner: Owner<object>;
  readonly atlas: () => Texture;
  readonly digits: () => Texture;
  add(primitive: GroupPrimitive): void;
}

export interface GroupDrawing extends Part {
  take(sum: Sum | null): void;
  pick(at: PickPoint): Hit | null;
  /** Circles on the screen, canvas pixels. */
  boxes(): { left: number; top: number; width: number; height: number }[];
}

interface Circle {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export function createGroupDrawing(parts: GroupParts): GroupDrawing {
  const { state, look, projector } = parts;
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
  let records: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  const circles = (): Circle[] => circlesOf(records, { state, projector });

  return {
    ...partOf(primitive, parts.owner),
    take(sum) {
      records = sum?.as === 'groups' ? sum.records : new Uint8Array(0);
      primitive.set(records);
    },
    pick(at) {
      if (!primitive.show) return null;
      const floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
      for (const { index, x, y, radius } of circles()) {
        if (Math.hypot(x - at.x, y - at.y) > radius) continue;
        const from = index * GROUP_FLOATS;
        const [east = 0, north = 0, , count = 0] = floats.subarray(from, from + 4);
        return { layer: look.layer.slug, key: '', distancePx: 0, group: { count, east, north } };
      }
      return null;
    },
    boxes: () =>
      primitive.show
        ? circles().map(({ x, y, radius }) => ({
            left: x - radius,
            top: y - radius,
            width: radius * 2,
            height: radius * 2,
          }))
        : [],
  };
}

/** Circles of two and more as they are on the screen now. */
function circlesOf(
  records: Uint8Array<ArrayBuffer>,
  { state, projector }: Pick<GroupParts, 'state' | 'projector'>,
): Circle[] {
  const floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
  const signed = new Int8Array(records.buffer, records.byteOffset, records.byteLength);
  const found: Circle[] = [];
  const screen = { x: 0, y: 0 };
  for (let index = 0; index * GROUP_BYTES < records.byteLength; index++) {
    const at = index * GROUP_FLOATS;
    const count = floats[at + 3] ?? 0;
    if (count < 2) continue;
    if (!projector.project([floats[at] ?? 0, floats[at + 1] ?? 0, floats[at + 2] ?? 0], screen)) continue;
    const aside = index * GROUP_BYTES + ASIDE_AT;
    found.push({
      index,
      x: screen.x + (signed[aside] ?? 0) * state.pixelScale,
      y: screen.y - (signed[aside + 1] ?? 0) * state.pixelScale,
      radius: groupRadiusPx(count) * state.pixelScale,
    });
  }
  return found;
}
