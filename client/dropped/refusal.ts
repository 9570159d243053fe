// A file that becomes no layer, with the sentence people read.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

export class Refusal extends Error {
  readonly reason: Title;

  constructor(zh: string, en: string) {
    super(en);
    this.name = 'Refusal';
    this.reason = title(zh, en);
  }
}
