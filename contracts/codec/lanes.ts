// The lanes of a stream, in the order of the format: validAt, issuedAt, region, source, quality, synthetic, columns.
import type { Layer } from '../layer.ts';
import { qualities } from '../layer.ts';
import type { ColumnStore } from '../stores/create.ts';
import type { RowStores } from '../stores/rows.ts';
import { CellsLane, GeometryLane, StringsLane } from './flat-lanes.ts';
import type { Lane } from './lane.ts';
import { MotionLane, PositionLane } from './position-lanes.ts';
import { ByteLane, FlagsLane, NumberLane, TimeLane } from './scalar-lanes.ts';
import { ValidAtLane } from './valid-at-lane.ts';
import { DictionaryLane, TextLane } from './word-lanes.ts';

/** On the receiving side both are the same. */
export interface LaneStores {
  readonly live: RowStores;
  readonly sent: RowStores;
}

/** Lanes of the head and of `columns`. */
export function createLanes(layer: Layer, columns: readonly string[], stores: LaneStores): Lane[] {
  const { live, sent } = stores;
  const validAt = new ValidAtLane(live.validAt, sent.validAt);
  const lanes: Lane[] = [
    validAt,
    new TimeLane(live.issuedAt, sent.issuedAt, 1),
    new DictionaryLane(live.region, sent.region),
    new DictionaryLane(live.source, sent.source),
    new ByteLane(live.quality, sent.quality, [1, qualities.length]),
    new ByteLane(live.synthetic, sent.synthetic, [0, 1]),
  ];
  for (const name of columns) {
    const from = live.columns.get(name);
    const to = sent.columns.get(name);
    if (from && to) lanes.push(columnLane(from, to, layer.moving ? validAt : null));
  }
  return lanes;
}

/** `live` and `sent` are stores of the same column. */
function columnLane(live: ColumnStore, sent: ColumnStore, moving: ValidAtLane | null): Lane {
  const same = <S extends ColumnStore>(_of: S): S => sent as S;
  switch (live.kind) {
    case 'number':
      return new NumberLane(live, same(live));
    case 'flags':
      return new FlagsLane(live, same(live));
    case 'time':
      return new TimeLane(live, same(live), live.step);
    case 'enum':
      return new ByteLane(live, same(live), [0, live.codes.length]);
    case 'position':
      return moving ? new MotionLane(live, same(live), moving) : new PositionLane(live, same(live));
    case 'text':
      return new TextLane(live, same(live));
    case 'strings':
      return new StringsLane(live, same(live));
    case 'geometry':
      return new GeometryLane(live, same(live));
    case 'cells':
      return new CellsLane(live, same(live));
    default:
      return live satisfies never;
  }
}
