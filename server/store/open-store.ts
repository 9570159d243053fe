// Opens the store the settings name, for the server and for the commands beside it.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { Backend } from './backend.ts';
import { PostgresBackend } from './postgres-backend.ts';
import { SqliteBackend } from './sqlite-backend.ts';
import { Store } from './store.ts';

export interface StorePlace {
  /** The city's, in the data folder. */
  readonly folder: string;
  readonly city: string;
  /** postgres://…; null: a file in `folder`. */
  readonly url: string | null;
}

export const recordsFile = (folder: string): string => path.join(folder, 'records.db');
const schemaOf = (city: string): string => `cockpit_${city}`;

/** For the one writer. @throws CodedError store/… */
export async function openStore(place: StorePlace, running: { clock: Clock; log: Logger }): Promise<Store> {
  mkdirSync(place.folder, { recursive: true });
  const backend = await openBackend(place);
  try {
    return await Store.open({ folder: place.folder, backend, ...running });
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/** The engine alone, for the one writer. @throws CodedError store/… */
export async function openBackend({ folder, city, url }: StorePlace): Promise<Backend> {
  if (url === null) return SqliteBackend.open({ file: recordsFile(folder) });
  return PostgresBackend.open({ url, schema: schemaOf(city), readOnly: false });
}

/** For reading beside the writer; null: nothing was ever kept there. @throws CodedError store/… */
export async function openForReading({ folder, city, url }: StorePlace): Promise<Backend | null> {
  if (url !== null) return PostgresBackend.open({ url, schema: schemaOf(city), readOnly: true });
  const file = recordsFile(folder);
  return existsSync(file) ? SqliteBackend.open({ file, readOnly: true }) : null;
}
