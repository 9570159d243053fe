// The frame codec: key and delta frames of a layer's state, batch frames of observations. Format: docs/frames.md.
export type { FrameHeader } from './codec/header.ts';
export { decodeHeader } from './codec/header.ts';
export { FRAME_VERSION } from './codec/layout.ts';
export type { FrameKind } from './codec/layout.ts';
export type { CellFrame, StreamOptions } from './codec/stream-encoder.ts';
export { StreamEncoder } from './codec/stream-encoder.ts';
export { FrameReceiver } from './codec/frame-receiver.ts';
export type { BatchHeader, Observed } from './codec/observation-batch.ts';
export { ObservationBatch } from './codec/observation-batch.ts';
export type { Rounds } from './codec/rounds.ts';
export { roundsOf } from './codec/rounds.ts';
