// Settings of feeds as administrators keep them, wired: their log beside that of accounts, the key of secrets, the feeds of
// the live world.
import type { AuditLog } from '../access/audit-trail.ts';
import { openSecretBox } from '../access/secret-box.ts';
import { CodedError } from '../../contracts/errors.ts';
import { FeedKeeper } from '../settings/feed-keeper.ts';
import type { Feeds } from '../settings/feed-keeper.ts';
import { SettingBook } from '../settings/setting-book.ts';
import { setUpFeed } from './feed-settings.ts';
import type { Shared } from './shared.ts';
import { cityFolder } from './shared.ts';
import type { OpenWorld } from './world.ts';

/** Call before feeds are connected. @throws CodedError store/… */
export async function openFeedKeeper(
  shared: Shared,
  live: OpenWorld,
  audit: Pick<AuditLog, 'note'>,
): Promise<FeedKeeper> {
  const { config, log } = shared;
  const records = await live.stores.store.openLog(config.demo ? 'settings-demo' : 'settings', live.clock.now);
  const keeper: FeedKeeper = new FeedKeeper(feedsOf(shared, live), () => book);
  const book = new SettingBook({
    ...{ log: records, audit, box: openSecretBox(cityFolder(config)) },
    check: (asked) => keeper.check(asked),
    onChange: (feed) => keeper.apply(feed),
    onLost: (what) => log.error('feed.secret-lost', { what }),
  });
  await book.open();
  for (const feed of book.feeds) {
    // One that does not fit the feed of this version any more leaves the feed with its files.
    try {
      keeper.apply(feed);
    } catch (error) {
      log.error('feed.setting-refused', { feed, error: String(error) });
    }
  }
  return keeper;
}

function feedsOf({ feeds, city }: Shared, { runner, config, operations, setup }: OpenWorld): Feeds {
  const setUp = (feed: string, over: Readonly<Record<string, unknown>>) => {
    const definition = feeds.get(feed);
    if (!definition) throw new CodedError('request/not-found', `feed ${feed}`);
    return setUpFeed(definition, city, { config, over });
  };
  return {
    reports: () => runner.reports(),
    isConnectable: (feed) => runner.isConnectable(feed),
    settingsOf: (feed, over) => setUp(feed, over).settings as Readonly<Record<string, unknown>>,
    reconfigure: (feed, over) => void runner.reconfigure(setUp(feed, over)),
    switchFeed: (by, asked) => operations.switchFeed(by, asked),
    base: () => setup.base(),
    isDemo: config.demo,
  };
}
