// What feeds run with, as administrators keep it. Secrets go to the server and never come back.
import { shallowRef } from 'vue';
import type { KeptFeeds, SettingChange } from '../../contracts/records/setting.ts';
import { askAccess, type Reply } from './access.ts';

/** null until the server has answered once. */
export const keptFeeds = shallowRef<KeptFeeds | null>(null);
export const keptFeedsFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);

export async function loadKeptFeeds(): Promise<void> {
  const { code, message, value } = await askAccess<KeptFeeds>('GET', '/api/feed-settings');
  keptFeedsFault.value = code === '' ? null : { code, message };
  if (value) keptFeeds.value = value;
}

/** `path`: behind /api/feed-settings. The list is loaded again when it went well. */
async function post<T>(path: string, body: unknown): Promise<Reply<T>> {
  const reply = await askAccess<T>('POST', `/api/feed-settings/${path}`, body);
  if (reply.code === '') await loadKeptFeeds();
  return reply;
}

export interface FeedAsk {
  readonly setting: string;
  /** null: that of the files again. */
  readonly value: string | number | null;
  readonly reason: string;
}

export const changeFeed = (feed: string, asked: FeedAsk): Promise<Reply<SettingChange>> =>
  post(`${encodeURIComponent(feed)}/change`, asked);
export const changeFeedSecret = (
  feed: string,
  { setting: secret, value, reason }: FeedAsk,
): Promise<Reply<SettingChange>> => post(`${encodeURIComponent(feed)}/secret`, { secret, value, reason });
export const turnFeed = (feed: string, enabled: boolean, reason: string): Promise<Reply<object>> =>
  post(`${encodeURIComponent(feed)}/turn`, { enabled, reason });
export const undoFeedChange = (
  { id, kind }: Pick<SettingChange, 'id' | 'kind'>,
  reason: string,
): Promise<Reply<SettingChange>> =>
  post(`${kind === 'secret' ? 'secret-changes' : 'changes'}/${id}/undo`, { reason });
