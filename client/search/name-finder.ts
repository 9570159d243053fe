// Finds what somebody types among a few hundred names, as the search box does: by characters, pinyin or initials. For pickers of
// forms: the worker starts with the first question and ends with the form.
import type { Found, Named } from './named.ts';
import { Searcher } from './search-worker.ts';

export class NameFinder {
  private searcher: Searcher | null = null;
  private waiting: ((found: readonly Found[]) => void) | null = null;
  private readonly known = new Set<string>();

  /** What fits, best first. A question that another overtook is answered with nothing. */
  find(text: string, among: readonly Named[]): Promise<readonly Found[]> {
    this.searcher ??= new Searcher((found) => this.answer(found));
    const fresh = among.filter(({ id }) => !this.known.has(id));
    for (const { id } of fresh) this.known.add(id);
    this.searcher.put(fresh);
    this.answer([]);
    this.searcher.ask(text);
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  close(): void {
    this.answer([]);
    this.searcher?.close();
    this.searcher = null;
    this.known.clear();
  }

  private answer(found: readonly Found[]): void {
    this.waiting?.(found);
    this.waiting = null;
  }
}
