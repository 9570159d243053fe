// The gateway that needs nobody: one JSON file for each message in a folder that another program empties. The name is the
// once-only key: sent again, the same file is put in place again.
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '../../contracts/errors.ts';
import type { Gateway } from './port.ts';

export function createFileGateway(folder: string): Gateway {
  return {
    name: 'file',
    async send(parcel) {
      const name = `${parcel.key.replaceAll(/[^\w.-]/g, '_')}.json`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await putWhole(path.join(folder, name), `${JSON.stringify(parcel, null, 2)}\n`);
      } catch (error) {
        throw new CodedError('outbound/unreachable', `outbox folder: ${(error as Error).message}`);
      }
      return name;
    },
  };
}

/** A reader sees all of it or nothing; what was acknowledged is on the disk. */
async function putWhole(file: string, text: string): Promise<void> {
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
