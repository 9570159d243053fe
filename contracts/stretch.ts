// A stretch of the past: the states of some layers at a moment as key frames, then what changed up to another. What the
// server answers to a replay. Layout: length and JSON of the head, count, then milliseconds since the one before and a packet.
import { z } from 'zod';
import { ByteReader, ByteWriter } from './bytes.ts';
import { CodedError } from './errors.ts';
import { joinFrames, splitFrames } from './packet.ts';

export const stretchHeadSchema = z.strictObject({
  /** Epoch ms: what the tables of the reader stand at before, or are made to stand at by key frames. */
  from: z.number(),
  /** Up to where it says everything; earlier than asked where that is more than one answer holds. */
  to: z.number(),
  /** Whether it begins with key frames of every layer: tables of before are void. */
  isWhole: z.boolean(),
  /** Milliseconds between two states; 0: every tick that was recorded. */
  stepMs: z.number(),
  /** Layers of which nothing is recorded at `to`: their tables are empty because nobody looked. */
  absent: z.array(z.string()),
  /** Layers this reader may not read. */
  refused: z.array(z.string()),
});
/** What a moment of the past is shown by: what was known then, or what was true, as far as is known today. */
export const pastClocks = ['known', 'true'] as const;
export type PastClock = (typeof pastClocks)[number];

export type StretchHead = z.infer<typeof stretchHeadSchema>;

/** What is known at one moment. */
export interface StretchState {
  /** Epoch ms. */
  readonly at: number;
  readonly frames: readonly Uint8Array[];
}

export interface Stretch {
  readonly head: StretchHead;
  /** Oldest first. */
  readonly states: readonly StretchState[];
}

export function joinStretch({ head, states }: Stretch): Uint8Array {
  const out = new ByteWriter(1 << 16);
  out.text(JSON.stringify(head));
  out.varint(states.length);
  let before = 0;
  for (const { at, frames } of states) {
    const packet = joinFrames(0, frames);
    out.varint(Math.max(0, at - before));
    out.varint(packet.byteLength);
    out.raw(packet);
    before = at;
  }
  return out.copy();
}

/** Frames are views into `bytes`. @throws CodedError frame/truncated, frame/version, frame/corrupt */
export function splitStretch(bytes: Uint8Array): Stretch {
  const reader = new ByteReader(bytes);
  const head = stretchHeadSchema.safeParse(parseJson(reader.text()));
  if (!head.success) throw new CodedError('frame/corrupt', 'the head of a stretch of the past');
  const states: StretchState[] = [];
  let at = 0;
  for (let left = reader.count('states'); left > 0; left -= 1) {
    at += reader.varint();
    states.push({ at, frames: splitFrames(reader.raw(reader.varint())).frames });
  }
  return { head: head.data, states };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
