// A time limit as people say it.
import { title } from '../../../contracts/declare.ts';
import { say } from '../../stores/session.ts';

const HOUR_MIN = 60;
const none = title('无时限', 'no limit');

/** `45 分钟`, `2 小时`; whole hours from two on. */
export function minutesText(minutes: number | null): string {
  if (minutes === null) return say(none);
  const hours = minutes / HOUR_MIN;
  return hours >= 2 && Number.isInteger(hours)
    ? say(title(`${hours} 小时`, `${hours} h`))
    : say(title(`${minutes} 分钟`, `${minutes} min`));
}
