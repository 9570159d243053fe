// What a city says of itself, as whoever answers for it keeps it: each kind lists what holds, checks what is asked for,
// says what it would do, and puts it in force. The book keeps the changes.
import { CodedError } from '../../contracts/errors.ts';
import type {
  CaseWords,
  CityAsk,
  CityChange,
  KeptSettings,
  SettingEffects,
} from '../../contracts/records/city-setting.ts';
import type { CityKind, SettingChange, SettingValue } from '../../contracts/records/setting.ts';
import type { GlassHand } from '../access/port.ts';
import type { NewSetting, SettingBook, SettingPlace } from './setting-book.ts';

/** Of a city kind there is one setting each. */
const WHOLE = 'value';

/** One kind of settings; values are as its schema says. */
export interface CitySort<T = unknown> {
  items(): readonly T[];
  /** Names its form offers; absent: none. */
  readonly words?: CaseWords;
  /** @throws CodedError request/not-found, request/invalid naming what does not fit, request/conflict */
  check(of: string, value: unknown): void;
  effects(of: string, value: unknown): SettingEffects;
  /** From now on; null: as in the files. */
  apply(of: string, value: unknown): void;
}

export class CityKeeper {
  readonly #sorts: Readonly<Record<CityKind, CitySort>>;
  readonly #book: () => SettingBook;

  constructor(sorts: Readonly<Record<CityKind, CitySort>>, book: () => SettingBook) {
    this.#sorts = sorts;
    this.#book = book;
  }

  list(kind: CityKind): KeptSettings<unknown> {
    const sort = this.#sorts[kind];
    return { items: sort.items(), changes: this.#book().changes([kind]), words: sort.words ?? null };
  }

  /** What a change would do, without doing it. @throws as `change` */
  preview(kind: CityKind, { of, value }: CityAsk): SettingEffects {
    this.#sorts[kind].check(of, value);
    return this.#sorts[kind].effects(of, value);
  }

  /** @throws CodedError request/not-found, request/invalid naming what does not fit, request/conflict */
  change(by: GlassHand, kind: CityKind, { of, value, reason }: CityChange): Promise<SettingChange> {
    return this.#book().set(by, { kind, of, setting: WHOLE, value: value as SettingValue, reason });
  }

  undo(by: GlassHand, id: number, asked: { kind: CityKind; reason: string }): Promise<SettingChange> {
    return this.#book().undo(by, id, asked);
  }

  check({ kind, of, value }: NewSetting): void {
    this.#sorts[kind as CityKind].check(of, value);
  }

  /** What is set holds. */
  apply({ kind, of }: SettingPlace): void {
    this.#sorts[kind as CityKind].apply(
      of,
      this.#book()
        .held(kind as CityKind)
        .get(of) ?? null,
    );
  }

  /** After a start. What does not fit this version any more is left as the files say, and told. */
  applyAll(kind: CityKind, onRefused: (what: { kind: CityKind; of: string; error: string }) => void): void {
    for (const [of, value] of this.#book().held(kind)) {
      try {
        this.#sorts[kind].check(of, value);
        this.#sorts[kind].apply(of, value);
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        onRefused({ kind, of, error: error.message });
      }
    }
  }
}
