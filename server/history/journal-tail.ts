// The end of the journal: what was accepted after a moment, for a state that is older than the process that wrote it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameHeader } from '../../contracts/frame.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { unpack } from '../kit/packed.ts';
import { journalFiles } from './journal.ts';
import { decodeJournal } from './journal-file.ts';

const HOUR_MS = 3_600_000;

export interface TailFrame {
  readonly header: FrameHeader;
  readonly bytes: Uint8Array;
}

/** Batch frames known after `since` (epoch ms), oldest first within a retention class. `folder`: that of one world. */
export function readTail(folder: string, since: number): TailFrame[] {
  let classes: string[];
  try {
    classes = readdirSync(folder);
  } catch {
    return [];
  }
  return classes.flatMap((name) => readClass(path.join(folder, name), since));
}

/** From the end backwards, so that of a long hour only the end is unpacked. */
function readClass(folder: string, since: number): TailFrame[] {
  const found: TailFrame[] = [];
  const files = journalFiles(folder).filter(({ hour }) => hour + HOUR_MS > since);
  for (const { file } of files.reverse()) {
    for (const payload of decodeJournal(readFileSync(file)).payloads.toReversed()) {
      const frames = splitFrames(unpack(payload)).frames.map((bytes) => ({
        header: decodeHeader(bytes),
        bytes,
      }));
      const young = frames.filter(({ header }) => header.knownAt > since);
      if (young.length === 0) return found.reverse();
      found.push(...young.reverse());
    }
  }
  return found.reverse();
}
