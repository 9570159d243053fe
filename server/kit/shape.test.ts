import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCollectingSink } from './collecting-sink.ts';
import { rawOf, readEvents, readJson, readList } from './json-body.ts';
import { compileShape } from './shape.ts';

const shape = compileShape(
  z.object({
    id: z.string().min(1),
    kind: z.enum(['a', 'b']).nullish(),
    level: z.int().min(1).max(4).optional(),
  }),
);

describe('compileShape', () => {
  it.each([[{ id: 'x' }], [{ id: 'x', kind: null }], [{ id: 'x', kind: 'b', level: 4, more: 'fields' }]])(
    '%j fits',
    (value) => expect(shape.is(value)).toBe(true),
  );

  it.each([
    [{}, 'record/shape', 'id'],
    [{ id: 5 }, 'record/shape', '/id must be string'],
    [{ id: 'x', kind: 'c' }, 'record/enum', '/kind'],
    [{ id: 'x', level: 5 }, 'record/range', '/level'],
    [{ id: 'x', level: 1.5 }, 'record/shape', '/level'],
    [null, 'record/shape', 'object'],
    [[], 'record/shape', 'object'],
    ['text', 'record/shape', 'object'],
  ])('%j is refused with %s', (value, code, words) => {
    expect(shape.is(value)).toBe(false);
    expect(shape.code()).toBe(code);
    expect(shape.fault()).toContain(words);
  });

  it('reads keys of the prototype as absent', () => {
    expect(shape.is(JSON.parse('{"__proto__":{"id":"x"}}'))).toBe(false);
  });
});

describe('bodies', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('are JSON in UTF-8, with or without a byte order mark', () => {
    const sink = createCollectingSink();
    expect(readJson(bytes('\ufeff{"a":"川"}'), sink)).toEqual({ a: '川' });
    expect(readJson(Uint8Array.of(0x22, 0xff, 0x22), sink)).toBeUndefined();
    expect(readJson(bytes(''), sink)).toBeUndefined();
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/parse', 'record/parse']);
  });

  it('hand over the good items of a list, with what the list says of them', () => {
    const sink = createCollectingSink();
    const seen: unknown[] = [];
    const whole = readList(
      bytes('{"synthetic":true,"items":[{"id":"x"},{"id":""},7]}'),
      { sink, shape },
      (item, head) => seen.push([item.id, head.synthetic]),
    );
    expect(whole).toBe(true);
    expect(seen).toEqual([['x', true]]);
    expect(sink.rejects.map(({ raw }) => raw)).toEqual(['{"id":""}', '7']);
  });

  it.each(['[]', '{"items":{}}', '{"events":{}}', 'null', '{'])('%s is neither list nor events', (text) => {
    const sink = createCollectingSink();
    expect(readList(bytes(text), { sink, shape }, () => {})).toBe(false);
    expect(readEvents(bytes(text), { sink, shape }, () => {})).toBe(false);
    expect(sink.rejects).toHaveLength(2);
  });

  it('keep a bounded piece of a bad record', () => {
    expect(rawOf({ text: 'x'.repeat(10_000) })).toHaveLength(4000);
    expect(rawOf(undefined)).toBe('undefined');
  });
});
