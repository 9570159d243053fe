// Break-glass told to those who watch: what was taken, ended and reviewed becomes messages of the live world, which alone
// sends any (server/outbound).
import type { BrokenGlass } from '../../contracts/records/break-glass.ts';
import type { GlassNews } from '../outbound/port.ts';
import type { OpenWorld } from './world.ts';

/** What an earlier run had no time to tell is still told, unless it is as old as this. */
const STALE_MS = 86_400_000;

/** Each of these is told once, however often it is said. `since`: epoch ms. */
export function newsOfGlass(
  all: readonly BrokenGlass[],
  { since, nameOf }: { readonly since: number; readonly nameOf: (id: string) => string | null },
): GlassNews[] {
  return all
    .flatMap(({ id, account, name, role, roleTitle, reason, at, until, state, ended, review }) => {
      const about = { id, name, role: roleTitle.zh || role, isJustified: false };
      const minutes = Math.round((until - at) / 60_000);
      const take: GlassNews = { ...about, what: 'take', by: name, reason, minutes, at };
      const end: GlassNews = {
        ...{ ...about, what: 'end', minutes },
        by: nameOf(ended?.by ?? account) ?? ended?.by ?? name,
        reason: ended?.reason ?? '到时自动结束',
        at: ended?.at ?? until,
      };
      const reviewed = review && {
        ...{ ...about, what: 'review' as const, minutes, reason: review.reason, at: review.at },
        ...{ by: nameOf(review.by) ?? review.by, isJustified: review.isJustified },
      };
      return [take, ...(state === 'held' ? [] : [end]), ...(reviewed ? [reviewed] : [])];
    })
    .filter((one) => one.at >= since)
    .sort((a, b) => a.at - b.at);
}

/** A store that is away is told of in the log; the next word or the next start tells it. */
export function tellOfGlass(
  { outbox, clock, log }: Pick<OpenWorld, 'outbox' | 'clock' | 'log'>,
  all: readonly BrokenGlass[],
  nameOf: (id: string) => string | null,
): void {
  const news = newsOfGlass(all, { since: clock.now() - STALE_MS, nameOf });
  if (news.length === 0) return;
  void outbox.book.tellOfGlass(news).catch((error: unknown) => {
    log.error('outbox.not-written', { error: String(error) });
  });
}
