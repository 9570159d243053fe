// The call-and-answer system of the city (叫应平台): town posts acknowledge warnings and dispatch orders, most within minutes, some
// late, a few not at all; each receipt is pushed as a signed webhook.
import type { County, Town } from '../city/city.ts';
import { micro } from '../engine/geo.ts';
import { createRandom, keyOf } from '../engine/random.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import type { Source, World } from '../world.ts';

const FEED = 'town-receipt';
/** Mean seconds until a post answers, and how many of a hundred take up to half an hour, or never do. */
const MEAN_S = 150;
const LEAST_S = 20;
const LATE = 0.02;
const SILENT = 0.01;

export interface TownReceipts extends Source {
  /** @param answerS all of them answer within so many seconds; absent: as they usually do */
  warned(identifier: string, counties: readonly County[], answerS?: number): void;
  /** @param reservoir its id; towns downstream are those of the city's rules */
  ordered(orderNo: string, reservoir: string, answerS?: number): void;
}

export function createTownReceipts(world: World, sender: WebhookSender): TownReceipts {
  const { city, clock, time } = world;
  const random = createRandom(world.seed, keyOf(FEED));
  const posts = city.towns.filter(({ kind }) => kind !== 'area');
  let waiting = 0;
  const answer = (subject: string, of: string, town: Town): void => {
    waiting -= 1;
    sender.push(FEED, [
      {
        ...{ id: `${of}/${town.code}`, subject, of, town: town.code, name: town.name },
        ...{ lon: micro(town.position[0]), lat: micro(town.position[1]), person: '乡镇值班员' },
        ...{ receivedAt: time.iso(Math.floor(clock.now() / 1000) * 1000), synthetic: true },
      },
    ]);
  };
  const ask = (
    subject: string,
    of: string,
    asked: { towns: readonly Town[]; answerS: number | undefined },
  ): void => {
    for (const town of asked.towns) {
      const draw = random.next();
      const usual = LEAST_S + Math.min(540, random.wait(MEAN_S));
      if (asked.answerS === undefined && draw < SILENT) continue;
      const late = draw < SILENT + LATE ? 600 + random.next() * 1200 : usual;
      const seconds = asked.answerS === undefined ? late : Math.min(usual, random.next() * asked.answerS);
      waiting += 1;
      clock.at(clock.now() + seconds * 1000, () => answer(subject, of, town));
    }
  };
  return {
    feeds: [FEED],
    objects: () => ({ townPosts: posts.length, receiptsToCome: waiting }),
    start: () => sender.keepAlive(FEED),
    warned: (identifier, counties, answerS) => {
      const codes = new Set(counties.map(({ code }) => code));
      ask('warning', identifier, { towns: posts.filter((town) => codes.has(town.countyCode)), answerS });
    },
    ordered: (orderNo, reservoir, answerS) => {
      const codes = city.downstream[reservoir] ?? [];
      ask('dispatch-order', orderNo, { towns: posts.filter(({ code }) => codes.includes(code)), answerS });
    },
  };
}
