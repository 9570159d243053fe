// A feed over lines of JSON in one long answer; blank lines keep it alive.
import { isUtf8 } from 'node:buffer';
import type { Link } from './feed.ts';
import { followStream } from './http-stream.ts';

export interface LineSplitter {
  push(chunk: Uint8Array): void;
}

export interface LineHandler {
  /** One line without its end, never empty. */
  line(text: string): void;
  /** A line beyond the limit was skipped; `start` holds its first bytes. */
  tooLong(start: Uint8Array): void;
  /** A line that is no UTF-8 was skipped. The view is not to be kept. */
  notText(bytes: Uint8Array): void;
}

const LF = 0x0a;
const CR = 0x0d;
/** A UTF-16 unit takes at most so many bytes. */
const MOST_PER_UNIT = 3;
const NOTHING = new Uint8Array(0);
/** Of a line that is too long, this much is shown. */
const START_BYTES = 400;

/**
 * Cuts chunks into lines ended by LF or CRLF. Lines beyond `maxBytes` are skipped and reported once. All whole lines of a
 * chunk are made text at once: a view and a text of its own for each line cost as much as parsing it.
 */
export function createLineSplitter(maxBytes: number, handler: LineHandler): LineSplitter {
  let rest: Uint8Array = NOTHING;
  let skipping = false;

  const cutText = (text: string): void => {
    for (let from = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const until = end > from && text.charCodeAt(end - 1) === CR ? end - 1 : end;
      if (until > from) finish(text.slice(from, until));
      from = end + 1;
    }
  };
  const finish = (line: string): void => {
    const isShort = line.length * MOST_PER_UNIT <= maxBytes || Buffer.byteLength(line) <= maxBytes;
    if (isShort) handler.line(line);
    else handler.tooLong(Buffer.from(line.slice(0, START_BYTES)).subarray(0, START_BYTES));
  };
  /** Somewhere in these lines is no UTF-8: the others are as good as ever. */
  const cutBytes = (lines: Uint8Array): void => {
    for (let from = 0, end = lines.indexOf(LF); end >= 0; end = lines.indexOf(LF, from)) {
      const line = lines.subarray(from, end + 1);
      if (isUtf8(line)) cutText(textOf(line));
      else if (end - from > maxBytes) handler.tooLong(line.subarray(0, START_BYTES));
      else handler.notText(line.subarray(0, -1));
      from = end + 1;
    }
  };
  return {
    push(chunk) {
      const whole = chunk.lastIndexOf(LF) + 1;
      if (whole > 0) {
        const from = skipping ? chunk.indexOf(LF) + 1 : 0;
        const part = chunk.subarray(from, whole);
        const lines = rest.length > 0 ? join(rest, part) : part;
        rest = NOTHING;
        skipping = false;
        if (isUtf8(lines)) cutText(textOf(lines));
        else cutBytes(lines);
      }
      if (skipping || whole === chunk.length) return;
      rest = join(rest, chunk.subarray(whole));
      if (rest.length <= maxBytes + 1) return;
      handler.tooLong(rest.subarray(0, START_BYTES));
      rest = NOTHING;
      skipping = true;
    },
  };
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

function join(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

export interface JsonLinesOptions {
  /** Read afresh for each connection, so that it can carry the cursor. */
  readonly address: () => string;
  readonly silenceS: number;
  readonly maxLineBytes: number;
}

/** Seconds before coming back after the answer ended. */
const RETRY_S = 2;

/** Follows the lines until the feed ends. */
export function followLines(link: Link, options: JsonLinesOptions, handler: LineHandler): void {
  let splitter = createLineSplitter(options.maxLineBytes, handler);
  followStream(
    link,
    { address: options.address, silenceS: options.silenceS, retryS: () => RETRY_S },
    {
      begin: () => (splitter = createLineSplitter(options.maxLineBytes, handler)),
      chunk: (bytes) => splitter.push(bytes),
    },
  );
}
