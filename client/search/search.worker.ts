// The search worker: keeps the index and answers, so that typing never waits for the map nor the map for typing.
import type { FromSearch, ToSearch } from './named.ts';
import { readingOf } from './reading.ts';
import { SearchIndex } from './search-index.ts';

const index = new SearchIndex(readingOf);

self.onmessage = ({ data }: MessageEvent<ToSearch>) => {
  switch (data.type) {
    case 'put':
      return index.put(data.entries);
    case 'drop':
      return index.drop(data.ids);
    case 'ask': {
      const answer: FromSearch = { serial: data.serial, found: index.find(data.text) };
      self.postMessage(answer);
    }
  }
};
