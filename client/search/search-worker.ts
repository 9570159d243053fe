// The page's side of the search worker: started when search is first opened, asked with the newest text only.
import type { Found, FromSearch, Named, ToSearch } from './named.ts';
import SearchWorker from './search.worker.ts?worker';

const named = ({ id, group, names, latin, weight }: Named): Named => ({ id, group, names, latin, weight });

export class Searcher {
  private readonly worker = new SearchWorker({ name: 'search' });
  private serial = 0;

  /** @param answered called with what fits the text asked last */
  constructor(answered: (found: readonly Found[]) => void) {
    this.worker.onmessage = ({ data }: MessageEvent<FromSearch>) => {
      if (data.serial === this.serial) answered(data.found);
    };
  }

  put(entries: readonly Named[]): void {
    if (entries.length > 0) this.post({ type: 'put', entries: entries.map(named) });
  }

  drop(ids: readonly string[]): void {
    if (ids.length > 0) this.post({ type: 'drop', ids });
  }

  ask(text: string): void {
    this.post({ type: 'ask', serial: ++this.serial, text });
  }

  close(): void {
    this.worker.terminate();
  }

  private post(message: ToSearch): void {
    this.worker.postMessage(message);
  }
}
