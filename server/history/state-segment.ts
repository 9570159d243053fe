// A segment of states: one key frame, then the deltas that follow it. Body, packed: count, then for each frame the
// milliseconds and ticks since the one before, its length, its bytes; all varints.
import { ByteReader, ByteWriter } from '../../contracts/bytes.ts';
import type { FrameHeader } from '../../contracts/frame.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { unpack } from '../kit/packed.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { Segment, SegmentPlace } from './segment-file.ts';
import { readBody } from './segment-file.ts';
import { packSmallest } from './smallest.ts';
import type { Tier } from './tiers.ts';

const MINUTE_MS = 60_000;
const KEY = 0;

export interface StateFrame {
  readonly knownAt: number;
  readonly tick: number;
  readonly frame: Uint8Array;
}

export interface StateHead {
  readonly layer: string;
  readonly schema: number;
  readonly tier: Tier;
  /** The moments it speaks of, epoch ms: from its key frame to when it was closed. */
  readonly from: number;
  readonly to: number;
  readonly fromTick: number;
  /** Rows that changed, by minute from `from` on. */
  readonly density: readonly number[];
  /** The window it was made of; '' when thinned. */
  readonly window: string;
}

export const isKey = (frame: Uint8Array): boolean => frame[1] === KEY;

interface StateSegmentFacts {
  readonly frames: readonly StateFrame[];
  /** What it is closed with. */
  readonly to: number;
  readonly tier: Tier;
  readonly window: string;
}

/** Frames of one layer, a key frame first. They are applied, so that what is written can be read. @throws CodedError */
export function stateSegment(schemas: SchemaShelf, facts: StateSegmentFacts): Segment<StateHead> {
  const { frames, to, tier, window } = facts;
  const [first] = frames;
  if (!first || !isKey(first.frame)) throw new Error('a segment of states begins with a key frame');
  const { layer: slug, schema } = decodeHeader(first.frame);
  const density = new Array<number>(Math.floor((to - first.knownAt) / MINUTE_MS) + 1).fill(0);
  const receiver = receiverOf(schemas.layer(slug, schema));
  for (const { frame, knownAt } of frames) {
    receiver.apply(frame);
    const minute = Math.floor((knownAt - first.knownAt) / MINUTE_MS);
    if (frame !== first.frame && minute >= 0 && minute < density.length) {
      density[minute] = (density[minute] as number) + receiver.table.changedCount;
    }
    receiver.table.clearChanges();
  }
  const head = { layer: slug, schema, tier, from: first.knownAt, to, fromTick: first.tick, density, window };
  return { head, body: packSmallest(encodeFrames(frames)) };
}

function encodeFrames(frames: readonly StateFrame[]): Uint8Array {
  const out = new ByteWriter(frames.reduce((sum, { frame }) => sum + frame.byteLength + 16, 16));
  out.varint(frames.length);
  let before: Pick<StateFrame, 'knownAt' | 'tick'> = { knownAt: 0, tick: 0 };
  for (const one of frames) {
    out.varint(Math.max(0, one.knownAt - before.knownAt));
    out.varint(one.tick - before.tick);
    out.varint(one.frame.byteLength);
    out.raw(one.frame);
    before = one;
  }
  return out.copy();
}

/** The frames of a segment, up to a moment. @throws Error or CodedError when it is damaged */
export function readFrames(place: SegmentPlace<StateHead>, until = Infinity): StateFrame[] {
  const reader = new ByteReader(unpack(readBody(place)));
  const frames: StateFrame[] = [];
  let knownAt = 0;
  let tick = 0;
  for (let left = reader.count('frames'); left > 0; left -= 1) {
    knownAt += reader.varint();
    tick += reader.varint();
    const frame = reader.raw(reader.varint());
    if (knownAt > until) break;
    frames.push({ knownAt, tick, frame });
  }
  return frames;
}

export const receiverOf = (layer: Layer): FrameReceiver => new FrameReceiver(layer, 'sensitive');

/** Applies frames of one layer, in order. → the header of the last one */
export function applyFrames(receiver: FrameReceiver, frames: readonly StateFrame[]): FrameHeader | null {
  let header: FrameHeader | null = null;
  for (const { frame } of frames) {
    header = receiver.apply(frame);
    receiver.table.clearChanges();
  }
  return header;
}
