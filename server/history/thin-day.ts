// Thinning: a day of one tier becomes a day of the next, is read again and compared, and only then takes its place.
import { StreamEncoder } from '../../contracts/frame.ts';
import type { FrameReceiver } from '../../contracts/frame.ts';
import type { HistoryFile } from './history-files.ts';
import type { ObservedHead } from './observed-part.ts';
import { Gathered, observedPart, readBlocks } from './observed-part.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { Segment, SegmentPlace } from './segment-file.ts';
import { readHeads, writeSegments } from './segment-file.ts';
import type { StateFrame, StateHead } from './state-segment.ts';
import { applyFrames, readFrames, receiverOf, stateSegment } from './state-segment.ts';
import type { Tier } from './tiers.ts';
import { tierStepMs } from './tiers.ts';

/** Steps of one thinned segment: as many deltas to read, at most, to know a state. */
const SEGMENT_STEPS = 144;

/** Writes the thinned file; the caller removes the finer one. @throws Error when what was written does not read the same */
export function thinDay(from: HistoryFile, to: HistoryFile, schemas: SchemaShelf): void {
  if (from.kind === 'state') {
    const places = readHeads<StateHead>(from.file);
    writeSegments(to.file, thinStates(places, to.tier, schemas));
    compareEnds(places, readHeads<StateHead>(to.file), schemas);
  } else {
    const places = readHeads<ObservedHead>(from.file);
    const parts = thinObservations(places, to.tier, schemas);
    writeSegments(to.file, parts);
    const rows = countRows(readHeads<ObservedHead>(to.file), schemas);
    const wanted = parts.reduce((sum, { head }) => sum + head.rows, 0);
    if (rows !== wanted) throw new Error(`${to.file}: ${rows} observations of ${wanted} can be read`);
  }
}

/** States at the end of each step in which anything changed. */
function thinStates(
  places: readonly SegmentPlace<StateHead>[],
  tier: Tier,
  schemas: SchemaShelf,
): Segment<StateHead>[] {
  const segments: Segment<StateHead>[] = [];
  for (const run of runsOf(places)) segments.push(...thinRun(run, tier, schemas));
  return segments;
}

/** Segments that follow each other with the same columns; an outage or a new build begins another run. */
function runsOf(places: readonly SegmentPlace<StateHead>[]): SegmentPlace<StateHead>[][] {
  const runs: SegmentPlace<StateHead>[][] = [];
  for (const place of places) {
    const before = runs.at(-1)?.at(-1)?.head;
    const follows =
      before?.schema === place.head.schema &&
      place.head.from - before.to <= 60_000 &&
      place.head.from >= before.from;
    if (follows) runs.at(-1)?.push(place);
    else runs.push([place]);
  }
  return runs;
}

function thinRun(
  run: readonly SegmentPlace<StateHead>[],
  tier: Tier,
  schemas: SchemaShelf,
): Segment<StateHead>[] {
  const [first] = run;
  if (!first) return [];
  const stepMs = tierStepMs[tier];
  const writer = new ThinWriter(receiverOf(schemas.layer(first.head.layer, first.head.schema)));
  let due = -Infinity;
  let last: StateFrame | null = null;
  for (const place of run) {
    for (const frame of readFrames(place)) {
      if (last && frame.knownAt >= due) writer.step(last);
      if (frame.knownAt >= due) due = (Math.floor(frame.knownAt / stepMs) + 1) * stepMs;
      writer.apply(frame);
      // Where a run begins, so that nothing is unknown until its first step is over.
      if (!last) writer.step(frame);
      last = frame;
    }
  }
  if (last) writer.step(last);
  const to = run.at(-1)?.head.to ?? 0;
  return writer.parts.map((frames, at) => {
    const end = writer.parts[at + 1]?.[0]?.knownAt ?? to;
    return stateSegment(schemas, { frames, to: end, tier, window: '' });
  });
}

/** A table that follows the fine frames, and an encoder that says what differs at each step. */
class ThinWriter {
  readonly parts: StateFrame[][] = [];
  readonly #receiver: FrameReceiver;
  #encoder: StreamEncoder | null = null;

  constructor(receiver: FrameReceiver) {
    this.#receiver = receiver;
  }

  apply({ frame }: StateFrame): void {
    const { world } = this.#receiver.apply(frame);
    const { table } = this.#receiver;
    // Made late: the world is said by the first frame. It then finds all rows by itself.
    if (this.#encoder) this.#encoder.note();
    else this.#encoder = newEncoder(this.#receiver, world);
    table.clearChanges();
  }

  /** What stands after the frame of this moment. */
  step({ knownAt, tick }: StateFrame): void {
    const encoder = this.#encoder;
    if (!encoder) return;
    const [delta] = encoder.encode(tick, knownAt);
    const part = this.parts.at(-1);
    if (!part || part.length >= SEGMENT_STEPS) {
      this.parts.push([{ knownAt, tick, frame: encoder.key(0, tick, knownAt) }]);
    } else if (delta) part.push({ knownAt, tick, frame: delta.bytes });
  }
}

const newEncoder = (receiver: FrameReceiver, world: string): StreamEncoder =>
  new StreamEncoder(receiver.table, { world, label: 'sensitive', rateS: 1, cells: [''], cellOf: () => 0 });

/** The state at the end of the day is the same in both. */
function compareEnds(
  fine: readonly SegmentPlace<StateHead>[],
  thin: readonly SegmentPlace<StateHead>[],
  schemas: SchemaShelf,
): void {
  const [a, b] = [endOf(fine.at(-1), schemas), endOf(thin.at(-1), schemas)];
  if (a !== b)
    throw new Error(`${thin[0]?.file ?? 'a thinned file'}: its last state is not that of the finer one`);
}

function endOf(place: SegmentPlace<StateHead> | undefined, schemas: SchemaShelf): string {
  if (!place) return '';
  const receiver = receiverOf(schemas.layer(place.head.layer, place.head.schema));
  applyFrames(receiver, readFrames(place));
  return [...receiver.table.rows()]
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');
}

/** The last observation of each object in each step of the moments they speak of. */
function thinObservations(
  places: readonly SegmentPlace<ObservedHead>[],
  tier: Tier,
  schemas: SchemaShelf,
): Segment<ObservedHead>[] {
  const stepMs = tierStepMs[tier];
  const parts = places.map((place) => {
    const thin = new Gathered(schemas.layer(place.head.layer, place.head.schema));
    for (const { batch, knownAt } of readBlocks(place, schemas)) {
      const lastOf = new Map<string, number>();
      for (let index = 0; index < batch.count; index += 1) {
        const step = Math.floor((batch.stores.validAt.data[index] as number) / stepMs);
        const id = `${batch.keyIndex[index]} ${step}`;
        const known = lastOf.get(id);
        if (known === undefined || isLater(batch.stores.validAt.data, index, known)) lastOf.set(id, index);
      }
      for (const index of lastOf.values()) thin.addRow(batch, index, knownAt[index] as number);
    }
    return observedPart(thin, { tier, source: '' });
  });
  return parts.filter((part) => part !== null);
}

/** Of two observations of one moment the later delivery counts: a correction. */
const isLater = (validAt: Float64Array, index: number, known: number): boolean =>
  (validAt[index] as number) >= (validAt[known] as number);

function countRows(places: readonly SegmentPlace<ObservedHead>[], schemas: SchemaShelf): number {
  let rows = 0;
  for (const place of places) for (const { batch } of readBlocks(place, schemas)) rows += batch.count;
  return rows;
}
