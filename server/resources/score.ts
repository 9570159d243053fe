// In which order resources are proposed: minutes · (1 + 0.3 · road risk) + 5 · load (the city's default for dispatch, ≈),
// and why, in words.
import type { Title } from '../../contracts/column.ts';
import type { NearResource, ResourceView } from '../../contracts/records/resource.ts';
import { bookingStates, resourceStates } from '../../contracts/records/resource.ts';

const RISK_WEIGHT = 0.3;
const LOAD_WEIGHT = 5;

/** Load: the share of what it has that is not free, of the scarcest item. @param risk 0 to 1 */
export function scoreOf(
  { items }: Pick<ResourceView, 'items'>,
  minutes: number | null,
  risk: number,
): Pick<NearResource, 'score' | 'load'> {
  const shares = items.flatMap(({ free, total }) => (total !== null && total > 0 ? [1 - free / total] : []));
  const load = shares.length === 0 ? 0 : Math.min(1, Math.max(0, ...shares));
  const score = minutes === null ? null : minutes * (1 + RISK_WEIGHT * risk) + LOAD_WEIGHT * load;
  return { score: score === null ? null : Math.round(score * 10) / 10, load: Math.round(load * 100) / 100 };
}

export function reasonsOf(
  { state, bookings, notFor }: ResourceView,
  {
    minutes,
    km,
    load,
    over,
  }: {
    readonly minutes: number | null;
    readonly km: number;
    readonly load: number;
    /** Tunnels and bridges under a warning on the way. */
    readonly over: readonly string[];
  },
): Title[] {
  const all: Title[] = [];
  const say = (zh: string, en: string): void => void all.push({ zh, en });
  if (minutes === null) say('没有可通行的道路', 'No open road');
  else
    say(
      `公路 ${km} km，约 ${Math.round(minutes)} 分钟`,
      `${km} km by road, about ${Math.round(minutes)} min`,
    );
  if (over.length > 0)
    say(`途经 ${over.join('、')}，在预警范围内`, `By way of ${over.join(', ')}, under a warning`);
  if (state !== null && state !== 'ready') say(resourceStates[state].zh, resourceStates[state].en);
  if (load >= 0.5) say(`已占用 ${Math.round(load * 100)}%`, `${Math.round(load * 100)} % taken`);
  for (const { state: of, incidentNo } of bookings)
    say(`${bookingStates[of].zh}：${incidentNo}`, `${bookingStates[of].en}: ${incidentNo}`);
  if (notFor.length > 0) say(`不适用：${notFor.join('、')}`, `Not for: ${notFor.join(', ')}`);
  return all;
}
