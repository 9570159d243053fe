// Entity keys of put rows: each as the length it shares with the one before (UTF-16 units) and the rest in UTF-8.
import { ByteWriter } from '../bytes.ts';
import { MAX_KEY } from '../stores/rows.ts';
import type { FrameIn } from './frame-in.ts';
import { corrupt } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Picks } from './lane.ts';

/** The rests, while their lengths are written before them. */
const rests = new ByteWriter(1 << 12);

/** `keys[slots[i]]` in order: the shared lengths, the byte lengths of the rests, the rests. */
export function writeKeys(out: FrameOut, keys: readonly string[], { slots, count }: Picks): void {
  const { body, codes, codesY } = out;
  rests.reset();
  let last = '';
  for (let i = 0; i < count; i++) {
    const key = keys[slots[i] as number] as string;
    const shared = sharedLength(last, key);
    const from = rests.length;
    rests.utf8(key, shared);
    codes[i] = shared;
    codesY[i] = rests.length - from;
    last = key;
  }
  body.varints(codes, count);
  body.varints(codesY, count);
  body.raw(rests.bytes.subarray(0, rests.length));
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  // Never between the two halves of a character outside the basic plane.
  if (shared > 0 && (b.charCodeAt(shared - 1) & 0xfc00) === 0xd800) shared--;
  return shared;
}

export function readKeys(from: FrameIn, count: number): string[] {
  const { reader, codes, codesY } = from;
  reader.varints(codes, count);
  reader.varints(codesY, count);
  const keys: string[] = [];
  let last = '';
  for (let i = 0; i < count; i++) {
    const shared = codes[i] as number;
    if (shared > last.length) throw corrupt(`key ${i} shares ${shared} of ${last.length} units`);
    const rest = reader.utf8(codesY[i] as number);
    last = shared === 0 ? rest : last.slice(0, shared) + rest;
    if (last === '' || last.length > MAX_KEY || !last.isWellFormed()) throw corrupt(`key ${i} is no key`);
    keys.push(last);
  }
  if (new Set(keys).size !== count) throw corrupt('a key comes twice');
  return keys;
}
