// The gateway that needs nobody: one JSON file for each message in a folder that another program empties. The name is the
// once-only key. What was put there once is not put there again, also when it was taken away meanwhile: a server that was
// killed before it wrote down that it had sent would otherwise have it delivered twice.
import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { Gateway } from './port.ts';

/** Beside what others take away: files that are on their way, and the names of those that were handed over. */
const WAITING = '.waiting';
const HANDED = '.handed';

export function createFileGateway(folder: string): Gateway {
  return {
    name: 'file',
    async send(parcel) {
      const name = `${parcel.key.replaceAll(/[^\w.-]/g, '_')}.json`;
      try {
        await putOnce(folder, name, `${JSON.stringify(parcel, null, 2)}\n`);
      } catch (error) {
        throw new CodedError('outbound/unreachable', `outbox folder: ${(error as Error).message}`);
      }
      return name;
    },
  };
}

/**
 * The name is noted while the file waits, and the file goes over in one step after that: a noted name whose file waits no
 * more was handed over, whatever became of it.
 */
async function putOnce(folder: string, name: string, text: string): Promise<void> {
  const [waiting, handed] = [path.join(folder, WAITING, name), path.join(folder, HANDED, name)];
  if (!existsSync(handed)) {
    for (const part of [WAITING, HANDED])
      await mkdir(path.join(folder, part), { recursive: true, mode: 0o700 });
    await writeWhole(waiting, text);
    await writeWhole(handed, '');
    await syncFolder(path.dirname(handed));
  }
  if (!existsSync(waiting)) return;
  await rename(waiting, path.join(folder, name));
  await syncFolder(folder);
}

/** What was acknowledged is on the disk. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
