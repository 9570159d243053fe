// A recording comes back as it was written, in pieces of any size; cut or changed anywhere, what is said of it is true.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from './errors.ts';
import { declaredLayer, layerOfDeclared } from './layer-schema.ts';
import { vehiclePosition } from './layers/vehicle-position.ts';
import { warning } from './layers/warning.ts';
import type { RecordedStretch, RecordingHead, RecordingPart } from './recording.ts';
import { RecordingReader, START_BYTES, endPart, startRecording, stretchPart } from './recording.ts';

const FROM = 1_784_000_000_000;
const head: RecordingHead = {
  build: '1.2.3',
  madeAt: FROM + 100_000,
  city: {
    id: 'testville',
    title: { zh: '试城', en: 'Testville' },
    timeZone: 'Asia/Shanghai',
    bounds: [83, 40, 85, 42],
  },
  world: { id: 'live', kind: 'live', parent: null },
  label: 'internal',
  from: FROM,
  to: FROM + 60_000,
  stepMs: 0,
  layers: [vehiclePosition, warning].map(declaredLayer),
  refused: ['opinion-post'],
  isDemo: true,
};

/** Spans and bodies → stretches that follow each other. */
function chain(list: readonly { span: number; isWhole: boolean; body: Uint8Array }[]): RecordedStretch[] {
  let at = FROM;
  return list.map(({ span, isWhole, body }, index) => {
    const from = at;
    at += span;
    return { from, to: at, isWhole: isWhole || index === 0, states: body.length, packed: body };
  });
}

function written(stretches: readonly RecordedStretch[]): Uint8Array {
  const end = endPart({ to: stretches.at(-1)?.to ?? FROM, stretches: stretches.length, reason: 'whole' });
  const parts = [startRecording(head), ...stretches.map(stretchPart), end];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Everything that is said of these bytes, then why it stopped; '' where it was whole. */
function read(bytes: Uint8Array, pieces: readonly number[] = [bytes.length]) {
  const reader = new RecordingReader();
  const parts: RecordingPart[] = [];
  let at = 0;
  try {
    for (let turn = 0; at < bytes.length; turn += 1) {
      const size = Math.max(1, pieces[turn % pieces.length] ?? 1);
      for (const part of reader.push(bytes.subarray(at, at + size))) parts.push(part);
      at += size;
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { parts, code: error.code, isEnded: reader.isEnded };
  }
  return { parts, code: '', isEnded: reader.isEnded };
}

const anyStretches = fc
  .array(
    fc.record({
      span: fc.nat(300_000),
      isWhole: fc.boolean(),
      body: fc.uint8Array({ maxLength: 300 }),
    }),
    { maxLength: 8 },
  )
  .map(chain);

describe('a recording', () => {
  it('comes back whole, in pieces of any size', () => {
    fc.assert(
      fc.property(
        anyStretches,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
        (list, pieces) => {
          const bytes = written(list);
          const { parts, code, isEnded } = read(bytes, pieces);
          expect([code, isEnded]).toEqual(['', true]);
          expect(parts[0]).toEqual({ kind: 'head', head });
          const stretches = parts.flatMap((part) => (part.kind === 'stretch' ? [part] : []));
          expect(stretches.map(({ stretch }) => stretch)).toEqual(list);
          for (const { at, stretch } of stretches)
            expect(bytes.slice(at, at + stretch.packed.length)).toEqual(stretch.packed);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cut anywhere says so, and what is whole of it comes first', () => {
    fc.assert(
      fc.property(anyStretches, fc.nat(), (list, seed) => {
        const bytes = written(list);
        const length = seed % bytes.length;
        const { parts, code, isEnded } = read(bytes.subarray(0, length), [777]);
        expect(isEnded).toBe(false);
        expect(code).toBe(length < START_BYTES ? 'recording/foreign' : 'recording/truncated');
        expect(parts).toEqual(read(bytes).parts.slice(0, parts.length));
      }),
      { numRuns: 300 },
    );
  });

  it('with any byte changed is refused with a code after the parts before it, or was not changed', () => {
    fc.assert(
      fc.property(anyStretches, fc.nat(), fc.integer({ min: 1, max: 255 }), (list, seed, by) => {
        const bytes = written(list);
        const whole = read(bytes).parts;
        const at = seed % bytes.length;
        bytes[at] = (bytes[at] as number) ^ by;
        const { parts, code } = read(bytes, [500]);
        expect(code).toMatch(/^recording\/(foreign|version|truncated|damaged)$/);
        expect(parts.length).toBeLessThan(whole.length);
        expect(parts).toEqual(whole.slice(0, parts.length));
      }),
      { numRuns: 400 },
    );
  });

  it('of another kind, of another version and with more behind it is refused by name', () => {
    const bytes = written(chain([{ span: 5, isWhole: true, body: Uint8Array.of(1) }]));
    expect(read(new TextEncoder().encode('{"type":"FeatureCollection"}')).code).toBe('recording/foreign');
    expect(read(new Uint8Array(0)).code).toBe('recording/foreign');
    const newer = bytes.slice();
    newer[8] = 2;
    expect(read(newer).code).toBe('recording/version');
    expect(read(Uint8Array.of(...bytes, 0)).code).toBe('recording/damaged');
  });

  it('whose stretches do not follow each other is damaged', () => {
    const [one] = chain([{ span: 5, isWhole: true, body: Uint8Array.of(1) }]) as [RecordedStretch];
    expect(read(written([{ ...one, isWhole: false }])).code).toBe('recording/damaged');
    expect(read(written([one, { ...one, isWhole: false }])).code).toBe('recording/damaged');
  });
});

describe('a declaration in a file', () => {
  it('is the layer it was', () => {
    for (const layer of [vehiclePosition, warning]) {
      expect(layerOfDeclared(declaredLayer(layer))).toEqual(layer);
    }
  });

  it('that says another hash, or a unit nobody knows, is not taken', () => {
    const declared = declaredLayer(vehiclePosition);
    expect(() => layerOfDeclared({ ...declared, schema: declared.schema ^ 1 })).toThrow(/hash/);
    const columns = {
      level: { type: 'number', title: declared.title, unit: 'cubit', step: 1, min: 0, max: 9 },
    } as const;
    expect(() => layerOfDeclared({ ...declared, columns })).toThrow(/cubit/);
  });
});
