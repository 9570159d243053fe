// A feed over lines of JSON in one long answer; blank lines keep it alive.
import type { Link } from './feed.ts';
import { followStream } from './http-stream.ts';

export interface LineSplitter {
  push(chunk: Uint8Array): void;
}

export interface LineHandler {
  /** One line without its end, never empty. The view is not to be kept. */
  line(bytes: Uint8Array): void;
  /** A line beyond the limit was skipped; `start` holds its first bytes. */
  tooLong(start: Uint8Array): void;
}

const LF = 0x0a;
const CR = 0x0d;

/** Cuts chunks into lines ended by LF or CRLF. Lines beyond `maxBytes` are skipped and reported once. */
export function createLineSplitter(maxBytes: number, handler: LineHandler): LineSplitter {
  let rest = new Uint8Array(0);
  let skipping = false;

  const finish = (line: Uint8Array): void => {
    const end = line.length > 0 && line[line.length - 1] === CR ? line.length - 1 : line.length;
    if (end > maxBytes) handler.tooLong(line.subarray(0, 400));
    else if (end > 0) handler.line(line.subarray(0, end));
  };
  return {
    push(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
        const part = chunk.subarray(from, end);
        if (!skipping) finish(rest.length > 0 ? join(rest, part) : part);
        skipping = false;
        rest = new Uint8Array(0);
        from = end + 1;
      }
      if (skipping || from === chunk.length) return;
      rest = join(rest, chunk.subarray(from));
      if (rest.length <= maxBytes + 1) return;
      handler.tooLong(rest.subarray(0, 400));
      rest = new Uint8Array(0);
      skipping = true;
    },
  };
}

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
