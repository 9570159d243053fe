// What each feed runs with: the feed's own defaults ← the city package ← the settings of the server.
import type { City } from '../../cities/load.ts';
import type { FeedSetup } from '../ingest/feed-runner.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import type { ServerConfig } from '../config.ts';
import { ConfigError, describeIssue } from '../config.ts';
import { nearest } from '../kit/nearest-word.ts';

/** @throws ConfigError naming feed and key */
export function setUpFeeds(
  feeds: ReadonlyMap<string, FeedDefinition>,
  city: City,
  config: ServerConfig,
): FeedSetup[] {
  const unknown = Object.keys(config.feeds).find((slug) => !feeds.has(slug));
  if (unknown !== undefined) {
    const close = nearest(unknown, [...feeds.keys()]);
    throw new ConfigError(
      `feeds.${unknown}: there is no such feed${close ? `: did you mean ${close}?` : ''}`,
    );
  }
  return [...feeds.values()].map((definition) => setUpFeed(definition, city, { config }));
}

/** `over`: what administrators set over the files. @throws ConfigError naming feed and key */
export function setUpFeed(
  definition: FeedDefinition,
  city: City,
  { config, over = {} }: { readonly config: ServerConfig; readonly over?: Readonly<Record<string, unknown>> },
): FeedSetup {
  const { slug } = definition;
  const { enabled = true, ...own } = config.feeds[slug] ?? {};
  const facts = city.feeds[slug];
  // Only what the feed knows of: others have no such setting, and their schemas refuse it.
  const offered = {
    crs: facts?.crs,
    synthetic: config.demo && (facts?.synthetic ?? false),
    ...portsAndKeys(slug, config),
  };
  const shape = (definition.settings as { shape?: Readonly<Record<string, unknown>> }).shape ?? {};
  const given = Object.fromEntries(
    Object.entries(offered).filter(([name, value]) => name in shape && value !== undefined),
  );
  const parsed = definition.settings.safeParse({ ...given, ...own, ...over });
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) =>
      describeIssue(issue, definition.settings, `feeds.${slug}`),
    );
    throw new ConfigError(issues.join('\n'));
  }
  const isConnected = enabled && hasAddress(parsed.data, config.feedsBase);
  return { definition, settings: parsed.data, enabled: isConnected, system: facts?.system ?? slug };
}

/** Addresses a feed asks at, by setting. */
const addressesIn = (settings: unknown): [string, unknown][] =>
  Object.entries(settings as object).filter(([name]) => /^url$|Url$/.test(name));

/** Whether a feed asks its source; the others are told. */
export const asksItsSource = ({ settings }: Pick<FeedSetup, 'settings'>): boolean =>
  addressesIn(settings).length > 0;

/** A feed that asks and was given nowhere to ask is not connected (未接入) rather than down. */
function hasAddress(settings: unknown, base: string | undefined): boolean {
  return addressesIn(settings).every(
    ([, address]) => typeof address !== 'string' || URL.canParse(address, base),
  );
}

/** Ports that devices dial in to and the webhook key stand outside the feeds in the settings of the server. */
function portsAndKeys(slug: string, config: ServerConfig): Record<string, unknown> {
  if (slug.includes('jtt808')) return { port: config.jtt808.port };
  if (slug.includes('hj212')) return { port: config.hj212.port };
  return { key: config.webhookKey };
}
