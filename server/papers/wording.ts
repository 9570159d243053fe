// How papers say things: one language, local time, names instead of ids.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { Layer } from '../../contracts/layer.ts';
import { units } from '../../contracts/units.ts';
import type { Language } from '../kit/publish/csv.ts';
import { plainOf } from '../kit/publish/csv.ts';
import { isShape } from '../kit/publish/published-row.ts';

export interface WordingFacts {
  readonly language: Language;
  /** Of the city, as IANA names it. */
  readonly timeZone: string;
  /** Name of an account; null: access knows none of that id. */
  readonly nameOf: (subject: string) => string | null;
  readonly regionName: (code: string) => Title | null;
  readonly layerOf: (slug: string) => Layer | null;
}

const system = title('系统', 'The system');
const none = title('—', '—');

export class Wording {
  readonly language: Language;
  readonly #facts: WordingFacts;
  readonly #clock: Intl.DateTimeFormat;

  constructor(facts: WordingFacts) {
    this.#facts = facts;
    this.language = facts.language;
    this.#clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: facts.timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  }

  say(of: Title): string {
    return of[this.language];
  }

  /** Both languages of one phrase, chosen. */
  of(zh: string, en: string): string {
    return this.language === 'zh' ? zh : en;
  }

  /** `2026-07-16 20:05:00`, local; a dash for null. */
  moment(at: number | null): string {
    return at === null ? this.say(none) : this.#clock.format(at);
  }

  /** `2026年7月16日`, local. */
  day(at: number): string {
    const [day = ''] = this.#clock.format(at).split(' ');
    const [year, month, date] = day.split('-').map(Number);
    return this.of(`${year}年${month}月${date}日`, day);
  }

  /** By name, where access knows one. */
  who(subject: string): string {
    if (subject === '') return this.say(none);
    if (subject === 'system') return this.say(system);
    return this.#facts.nameOf(subject) ?? subject;
  }

  region(code: string): string {
    const name = this.#facts.regionName(code);
    return name ? `${this.say(name)}（${code}）` : code;
  }

  layer(slug: string): string {
    const found = this.#facts.layerOf(slug);
    return found ? this.say(found.title) : slug;
  }

  /** Name and value of a column, with its unit; null: nothing a line can hold. */
  value(slug: string, column: string, value: unknown): readonly [name: string, value: string] | null {
    if (value === null || value === undefined || value === '') return null;
    const known = this.#facts.layerOf(slug)?.columns[column];
    if (!known) return [column, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    if (known.type === 'position') return [this.say(known.title), this.position(value)];
    if (isShape(known) || known.type === 'cells') return null;
    if (known.type === 'time') return [this.say(known.title), this.moment(Number(value))];
    const unit = 'unit' in known ? (units[known.unit as keyof typeof units]?.[this.language] ?? '') : '';
    const said = String(plainOf(known, value, this.language));
    return [this.say(known.title), unit === '' ? said : `${said} ${unit}`];
  }

  /** Longitude and latitude, degrees. */
  position(value: unknown): string {
    if (!Array.isArray(value)) return this.say(none);
    const [lon, lat] = value as number[];
    return `${Number(lon).toFixed(5)}, ${Number(lat).toFixed(5)}`;
  }
}
