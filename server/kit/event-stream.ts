// Server-Sent Events as the HTML standard defines them, chunk by chunk (section "Interpreting an event stream").
import { CodedError } from '../../contracts/errors.ts';

export interface StreamEvent {
  /** `message` where the source gave none. */
  readonly type: string;
  readonly data: string;
  /** The last id seen, '' before the first. */
  readonly lastEventId: string;
}

export interface EventStreamOptions {
  onEvent(event: StreamEvent): void;
  /** The source asks to wait this long before coming back, milliseconds. */
  onRetry?(ms: number): void;
  /** Longest line and longest data of one event, UTF-16 units. */
  readonly maxLength: number;
  readonly lastEventId?: string;
}

export interface EventStreamParser {
  /** @throws CodedError record/too-large */
  push(chunk: Uint8Array): void;
}

export function createEventStreamParser(options: EventStreamOptions): EventStreamParser {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let afterCr = false;
  let type = '';
  let data: string[] = [];
  let size = 0;
  let lastEventId = options.lastEventId ?? '';

  const field = (name: string, value: string): void => {
    if (name === 'event') type = value;
    else if (name === 'data') {
      size += value.length + 1;
      if (size > options.maxLength) throw tooLong('event', size);
      data.push(value);
    } else if (name === 'id' && !value.includes('\0')) lastEventId = value;
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) options.onRetry?.(Number(value));
  };
  const dispatch = (): void => {
    const event = { type: type || 'message', data: data.join('\n'), lastEventId };
    const hasData = data.length > 0;
    type = '';
    data = [];
    size = 0;
    if (hasData) options.onEvent(event);
  };
  const line = (text: string): void => {
    if (text === '') return dispatch();
    const colon = text.indexOf(':');
    if (colon === 0) return;
    if (colon < 0) return field(text, '');
    field(text.slice(0, colon), text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1));
  };

  return {
    push(chunk) {
      let text = decoder.decode(chunk, { stream: true });
      if (text === '') return;
      if (afterCr && text[0] === '\n') text = text.slice(1);
      afterCr = text === '' ? false : text.endsWith('\r');
      const lines = (rest + text).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      for (const one of lines) line(one);
      if (rest.length > options.maxLength) throw tooLong('line', rest.length);
    },
  };
}

function tooLong(what: string, length: number): CodedError {
  return new CodedError('record/too-large', `${what} of ${length} characters in an event stream`);
}
