// The layers of one moment as a recording, and such a recording for a reader who may see less. Pure.
import type { Label } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { declaredLayer, layerOfDeclared } from '../../contracts/layer-schema.ts';
import type { RecordingHead } from '../../contracts/recording.ts';
import { endPart, RecordingReader, startRecording, stretchPart } from '../../contracts/recording.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import { joinStretch, splitStretch } from '../../contracts/stretch.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { encoderWithin } from '../kit/encoder-within.ts';
import { pack, unpack } from '../kit/packed.ts';
import type { Frozen } from './port.ts';

/** Frames count from here: a recording of one moment has one tick. */
const TICK = 1;

export interface Standing {
  readonly layer: Layer;
  readonly table: LayerTable;
}

export type MomentHead = Omit<RecordingHead, 'layers' | 'from' | 'to' | 'stepMs' | 'refused' | 'label'>;

/** Everything that stands in the tables, of every class. */
export function frozenTables(all: Iterable<Standing>, head: MomentHead, at: number): Frozen {
  const standing = [...all];
  const frames = standing.map(({ table }) => keyOf(table, { head, label: 'sensitive', areas: ['*'], at }));
  const layers = standing.map(({ layer }) => declaredLayer(layer));
  return {
    bytes: recordingOf(
      { ...head, from: at, to: at, stepMs: 0, refused: [], label: 'sensitive', layers },
      frames,
    ),
    at,
    layers: frames.map((frame) => {
      const { layer: slug, schema, rows } = decodeHeader(frame);
      return { slug, schema, rows };
    }),
  };
}

/** What is left of it for somebody of a class and areas. @throws CodedError recording/… where the bytes are damaged */
export function frozenWithin(
  bytes: Uint8Array,
  reader: {
    readonly label: Label;
    readonly areas: readonly string[];
    readonly may: (slug: string) => boolean;
  },
): { readonly head: RecordingHead; readonly bytes: Uint8Array } {
  const { head, frames } = momentIn(bytes);
  const layers = head.layers.filter(({ slug }) => reader.may(slug));
  const refused = head.layers.filter(({ slug }) => !reader.may(slug)).map(({ slug }) => slug);
  const own = layers.map((declared) => {
    const receiver = new FrameReceiver(layerOfDeclared(declared), head.label);
    const frame = frames.find((one) => decodeHeader(one).layer === declared.slug);
    if (frame) receiver.apply(frame);
    return keyOf(receiver.table, { head, label: reader.label, areas: reader.areas, at: head.from });
  });
  const said = { ...head, label: reader.label, layers, refused };
  return { head: said, bytes: recordingOf(said, own) };
}

/** The one moment of such a file. @throws CodedError recording/… */
export function momentIn(bytes: Uint8Array): {
  readonly head: RecordingHead;
  readonly frames: readonly Uint8Array[];
  /** By layer. */
  readonly rows: ReadonlyMap<string, number>;
} {
  const reader = new RecordingReader();
  const parts = [...reader.push(bytes)];
  reader.end();
  const head = parts.find((part) => part.kind === 'head')?.head as RecordingHead;
  const stretch = parts.find((part) => part.kind === 'stretch')?.stretch;
  const states = stretch ? splitStretch(unpack(stretch.packed)).states : [];
  const frames = states.flatMap((state) => [...state.frames]);
  const headers = frames.map(decodeHeader);
  return { head, frames, rows: new Map(headers.map(({ layer, rows }) => [layer, rows])) };
}

function keyOf(
  table: LayerTable,
  {
    head,
    label,
    areas,
    at,
  }: {
    readonly head: Pick<RecordingHead, 'world'>;
    readonly label: Label;
    readonly areas: readonly string[];
    readonly at: number;
  },
): Uint8Array {
  const encoder = encoderWithin(table, { world: head.world.id, label, reach: reachOf(areas, table.layer) });
  encoder.encode(TICK, at);
  return encoder.key(0, TICK, at);
}

function recordingOf(head: RecordingHead, frames: readonly Uint8Array[]): Uint8Array {
  const { from } = head;
  const stretch = joinStretch({
    head: { from, to: from, isWhole: true, stepMs: 0, absent: [], refused: [] },
    states: [{ at: from, frames }],
  });
  return Buffer.concat([
    startRecording(head),
    stretchPart({ from, to: from, isWhole: true, states: 1, packed: pack(stretch) }),
    endPart({ to: from, stretches: 1, reason: 'whole' }),
  ]);
}
