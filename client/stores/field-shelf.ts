// Entries of the field in the browser's own database, where they outlive the page, the browser and the battery.
import type { Entry, FieldShelf, NewEntry } from './field-queue.ts';

const NAME = 'cockpit-field';
const ENTRIES = 'entries';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(`${NAME}: the browser keeps nothing`));
  });
}

export class BrowserShelf implements FieldShelf {
  #opened: Promise<IDBDatabase> | null = null;

  async add(entry: NewEntry): Promise<Entry> {
    const id = await this.#write((store) => store.add(entry));
    return { ...entry, id: Number(id) };
  }

  async all(): Promise<readonly Entry[]> {
    const store = (await this.#open()).transaction(ENTRIES).objectStore(ENTRIES);
    return (await done(store.getAll())) as Entry[];
  }

  async put(entry: Entry): Promise<void> {
    await this.#write((store) => store.put(entry));
  }

  async remove(id: number): Promise<void> {
    await this.#write((store) => store.delete(id));
  }

  /** Resolves when it is on the disk. */
  async #write<T>(act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const change = (await this.#open()).transaction(ENTRIES, 'readwrite', { durability: 'strict' });
    const written = new Promise<void>((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error ?? new Error(`${NAME}: the browser could not keep it`));
    });
    const result = await done(act(change.objectStore(ENTRIES)));
    await written;
    return result;
  }

  #open(): Promise<IDBDatabase> {
    this.#opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ENTRIES, { keyPath: 'id', autoIncrement: true });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error(`${NAME}: the browser keeps nothing`));
    });
    return this.#opened;
  }
}
