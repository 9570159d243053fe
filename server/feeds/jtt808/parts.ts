// Sub-packages of one message, joined in order. Bounded: few messages at once, few parts each.
import type { Message } from './frame.ts';

/** Messages being joined per connection; the oldest gives way. */
const MAX_PENDING = 8;
/** 64 parts of 1,023 bytes hold more than a thousand reports. */
const MAX_PARTS = 64;

interface Pending {
  readonly bodies: (Buffer | undefined)[];
  missing: number;
}

export interface Parts {
  /** → the whole body, null while parts are missing, 'refused' for numbers that cannot be. */
  add(message: Message): Buffer | null | 'refused';
}

export function createParts(): Parts {
  const pending = new Map<string, Pending>();
  return {
    add({ terminal, id, serial, parts, part, body }) {
      if (parts > MAX_PARTS || part < 1 || part > parts) return 'refused';
      // Parts have running serials, so the serial of the first one names the message.
      const name = `${terminal}/${id}/${(serial - part + 1) & 0xffff}/${parts}`;
      const joined = pending.get(name) ?? {
        bodies: new Array<Buffer | undefined>(parts).fill(undefined),
        missing: parts,
      };
      if (joined.bodies[part - 1] === undefined) joined.missing--;
      joined.bodies[part - 1] = Buffer.from(body);
      pending.delete(name);
      if (joined.missing === 0) return Buffer.concat(joined.bodies.filter((piece) => piece !== undefined));
      pending.set(name, joined);
      const oldest = pending.size > MAX_PENDING ? pending.keys().next().value : undefined;
      if (oldest !== undefined) pending.delete(oldest);
      return null;
    },
  };
}
