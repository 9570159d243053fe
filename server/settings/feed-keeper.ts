// Feeds as administrators keep them: what each runs with, its addresses and periods changed, its secrets replaced or
// removed, switched off and on again. A change holds at once: the feed is connected anew.
import { CodedError } from '../../contracts/errors.ts';
import type {
  ChangeFeed,
  ChangeSecret,
  FeedValue,
  KeptFeed,
  KeptFeeds,
  SettingChange,
  SettingKind,
} from '../../contracts/records/setting.ts';
import type { GlassHand } from '../access/port.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { NewSetting, SettingBook } from './setting-book.ts';

/** Settings that hold a secret; no feed has others. */
const SECRETS: readonly string[] = ['key', 'password', 'token'];
const isAddress = (name: string): boolean => /^url$|Url$/.test(name);
const isKept = (name: string): boolean =>
  isAddress(name) || name === 'periodS' || name === 'topic' || name === 'tokenHeader';

export type FeedValues = Readonly<Record<string, unknown>>;

/** The feeds of the live world, and what they run with. */
export interface Feeds {
  reports(): readonly FeedReport[];
  isConnectable(feed: string): boolean;
  /** What a feed would run with. @throws Error naming the setting that does not fit */
  settingsOf(feed: string, over: FeedValues): FeedValues;
  /** It runs with these over its files from now on. */
  reconfigure(feed: string, over: FeedValues): void;
  switchFeed(by: string, asked: { feed: string; enabled: boolean; reason: string }): Promise<unknown>;
  /** Of relative addresses; null: there is none. */
  base(): string | null;
  /** Addresses lead to the simulated city alone. */
  readonly isDemo: boolean;
}

export class FeedKeeper {
  readonly #feeds: Feeds;
  readonly #book: () => SettingBook;

  /** `book`: it asks this one whether a change fits. */
  constructor(feeds: Feeds, book: () => SettingBook) {
    this.#feeds = feeds;
    this.#book = book;
  }

  list(): KeptFeeds {
    return {
      feeds: this.#feeds.reports().map((report) => this.#view(report)),
      changes: this.#book().changes(['feed', 'secret']),
    };
  }

  /** @throws CodedError request/not-found, request/invalid naming what does not fit, request/conflict */
  async change(by: GlassHand, feed: string, { setting, value, reason }: ChangeFeed): Promise<SettingChange> {
    this.#requireSetting(feed, setting, isKept);
    return this.#book().set(by, { kind: 'feed', of: feed, setting, value, reason });
  }

  /** @throws as `change` */
  async changeSecret(
    by: GlassHand,
    feed: string,
    { secret: setting, value, reason }: ChangeSecret,
  ): Promise<SettingChange> {
    this.#requireSetting(feed, setting, (name) => SECRETS.includes(name));
    return this.#book().set(by, { kind: 'secret', of: feed, setting, value, reason });
  }

  undo(by: GlassHand, id: number, asked: { kind: SettingKind; reason: string }): Promise<SettingChange> {
    return this.#book().undo(by, id, asked);
  }

  /** The same switch as that of the duty officers. @throws CodedError request/not-found, request/conflict */
  async turn(by: GlassHand, feed: string, asked: { enabled: boolean; reason: string }): Promise<void> {
    await this.#feeds.switchFeed(by.id, { feed, ...asked });
  }

  /** Whether a value can hold. @throws CodedError request/invalid */
  check({ kind, of: feed, setting, value }: NewSetting): void {
    if (kind === 'feed' && isAddress(setting) && typeof value === 'string')
      this.#checkAddress(setting, value);
    const { [setting]: _before, ...others } = this.#book().valuesOf(feed);
    const over = value === null ? others : { ...others, [setting]: value };
    try {
      this.#feeds.settingsOf(feed, over);
    } catch (error) {
      throw new CodedError('request/invalid', error instanceof Error ? error.message : String(error));
    }
  }

  /** What is set here holds. */
  apply(feed: string): void {
    this.#feeds.reconfigure(feed, this.#book().valuesOf(feed));
  }

  #checkAddress(setting: string, address: string): void {
    const base = this.#feeds.base();
    const url = URL.parse(address, base ?? 'http://base.invalid/');
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
      throw new CodedError(
        'request/invalid',
        `${setting}: "${address}": an http or https address without a password, or one below the base address`,
      );
    // Anybody may become the administrator of a demonstration: it asks nobody else.
    if (this.#feeds.isDemo && URL.canParse(address) && url.origin !== URL.parse(base ?? '')?.origin)
      throw new CodedError(
        'request/invalid',
        `${setting}: "${address}": a demonstration asks its simulated city alone`,
      );
  }

  #requireSetting(feed: string, setting: string, fits: (name: string) => boolean): void {
    if (!this.#feeds.reports().some(({ id }) => id === feed))
      throw new CodedError('request/not-found', `feed ${feed}`);
    const names = Object.keys(this.#feeds.settingsOf(feed, {})).filter(fits);
    if (!names.includes(setting))
      throw new CodedError(
        'request/invalid',
        `${setting}: feed ${feed} has ${names.length === 0 ? 'nothing of that kind' : names.join(', ')}`,
      );
  }

  #view({ id, title, protocol, state, detail }: FeedReport): KeptFeed {
    const written = this.#feeds.settingsOf(id, {});
    const over = this.#book().valuesOf(id);
    const names = Object.keys(written);
    const plain = (value: unknown): FeedValue =>
      typeof value === 'string' || typeof value === 'number' ? value : null;
    return {
      ...{ id, title, protocol, state, detail },
      isConnectable: this.#feeds.isConnectable(id),
      isOn: state !== 'off',
      settings: names.filter(isKept).map((name) => ({
        name,
        value: over[name] ?? plain(written[name]),
        written: plain(written[name]),
        isChanged: name in over,
      })),
      secrets: names
        .filter((name) => SECRETS.includes(name))
        .map((name) => ({
          name,
          from: name in over ? 'here' : plain(written[name]) === null ? null : 'files',
          changedAt: this.#book().lastOf({ kind: 'secret', of: id, setting: name })?.at ?? null,
        })),
    };
  }
}
