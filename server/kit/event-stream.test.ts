import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventStreamParser } from './event-stream.ts';

function parse(text: string | Uint8Array, cuts: readonly number[] = []) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const events: [string, string, string][] = [];
  const retries: number[] = [];
  const parser = createEventStreamParser({
    maxLength: 1000,
    onEvent: ({ type, data, lastEventId }) => events.push([type, data, lastEventId]),
    onRetry: (ms) => retries.push(ms),
  });
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    parser.push(bytes.subarray(from, Math.min(cut, bytes.length)));
    from = Math.min(cut, bytes.length);
  }
  return { events, retries };
}

describe('event stream', () => {
  // The examples of the standard.
  it.each([
    ['two lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [['message', 'YHOO\n+2\n10', '']]],
    [
      'comment, ids, no data for the last',
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
      [
        ['message', 'first event', '1'],
        ['message', 'second event', ''],
      ],
    ],
    [
      'empty data',
      'data\n\ndata\ndata\n\ndata:',
      [
        ['message', '', ''],
        ['message', '\n', ''],
      ],
    ],
    [
      'one space only is taken',
      'data:test\n\ndata: test\n\n',
      [
        ['message', 'test', ''],
        ['message', 'test', ''],
      ],
    ],
    [
      'carriage returns',
      'event: a\rdata: 1\r\rdata: 2\r\n\r\n',
      [
        ['a', '1', ''],
        ['message', '2', ''],
      ],
    ],
    ['byte order mark', '\ufeffdata: 1\n\n', [['message', '1', '']]],
    ['unknown field', 'foo: bar\ndata: 1\n\n', [['message', '1', '']]],
    [
      'id with NUL is left out',
      'id: a\ndata: 1\n\nid: b\0\ndata: 2\n\n',
      [
        ['message', '1', 'a'],
        ['message', '2', 'a'],
      ],
    ],
  ])('%s', (_, text, events) => {
    expect(parse(text).events).toEqual(events);
  });

  it('takes a retry of digits only', () => {
    expect(parse('retry: 1500\nretry: 15x\nretry: -1\n\n').retries).toEqual([1500]);
  });

  it('refuses lines and events beyond the limit', () => {
    expect(() => parse(`data: ${'x'.repeat(1001)}`)).toThrow('too-large');
    expect(() => parse('data: 0123456789\n'.repeat(100))).toThrow('too-large');
  });

  it('does not care where chunks are cut', () => {
    const piece = fc.constantFrom(
      'data: 川A\n',
      'data: b\r\n',
      '\n',
      '\r',
      '\r\n',
      'id: 7\r',
      'event: 事\n',
      ': c\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(200)), (pieces, cuts) => {
        const text = pieces.join('');
        expect(parse(text, cuts)).toEqual(parse(text));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
