// Settings as administrators keep them, wired: their log beside that of accounts, the key of secrets, the feeds of the live
// world, and what the city says of itself.
import type { AuditLog } from '../access/audit-trail.ts';
import { openSecretBox } from '../access/secret-box.ts';
import { CodedError } from '../../contracts/errors.ts';
import { cityKinds } from '../../contracts/records/setting.ts';
import { CityKeeper } from '../settings/city-keeper.ts';
import { FeedKeeper } from '../settings/feed-keeper.ts';
import type { Feeds } from '../settings/feed-keeper.ts';
import { SettingBook } from '../settings/setting-book.ts';
import { citySorts } from './city-keeping.ts';
import { setUpFeed } from './feed-settings.ts';
import type { Shared } from './shared.ts';
import { cityFolder } from './shared.ts';
import type { OpenWorld } from './world.ts';

/** Call before feeds are connected. @throws CodedError store/… */
export async function openKeepers(
  shared: Shared,
  live: OpenWorld,
  {
    audit,
    accountsIn,
  }: { readonly audit: Pick<AuditLog, 'note'>; readonly accountsIn: (area: string) => number },
): Promise<{ readonly feeds: FeedKeeper; readonly city: CityKeeper }> {
  const { config, log } = shared;
  const records = await live.stores.store.openLog(config.demo ? 'settings-demo' : 'settings', live.clock.now);
  const keeper: FeedKeeper = new FeedKeeper(feedsOf(shared, live), () => book);
  const cityKeeper: CityKeeper = new CityKeeper(
    citySorts({ shared, live, accountsIn, held: (kind) => book.held(kind) }),
    () => book,
  );
  const book: SettingBook = new SettingBook({
    ...{ log: records, audit, box: openSecretBox(cityFolder(config)) },
    check: (asked) => (isOfCity(asked.kind) ? cityKeeper.check(asked) : keeper.check(asked)),
    onChange: (place) => (isOfCity(place.kind) ? cityKeeper.apply(place) : keeper.apply(place.of)),
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
  for (const kind of cityKinds)
    cityKeeper.applyAll(kind, (refused) => log.error('city.setting-refused', refused));
  return { feeds: keeper, city: cityKeeper };
}

const isOfCity = (kind: string): boolean => (cityKinds as readonly string[]).includes(kind);

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
