import { number, oneOf, position, severity, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/**
 * Signals about one thing in one place, as far as the cockpit and people think: calls, tickets, posts, alerts, warnings. One
 * row for each with two signals or more, as the fold of the log of records says.
 */
export const cluster = defineLayer({
  slug: 'cluster',
  title: title('线索', 'Clusters'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(title('位置', 'Position'), { label: 'internal', origin: 'mean of the signals' }),
    title: text(title('标题', 'Title'), 200, {
      label: 'internal',
      origin: 'of the gravest, then first signal',
    }),
    severity: oneOf(title('级别', 'Level'), severity, { nullMeans: 'no signal says how grave it is' }),
    state: oneOf(title('状态', 'State'), {
      proposed: title('待研判', 'Proposed'),
      confirmed: title('已确认', 'Confirmed'),
    }),
    confidencePct: number(title('可信度', 'Confidence'), ['percent', 1, 0, 100], {
      origin: 'mean of what each signal adds; 100 once a person confirmed it',
    }),
    signals: number(title('信号数', 'Signals'), ['count', 1, 0, 1_000_000]),
    kinds: strings(title('构成', 'Made of'), [8, 60], { origin: '"layer count"' }),
    reasons: strings(title('依据', 'Reasons'), [8, 80], { label: 'internal' }),
    contradictions: strings(title('矛盾', 'Contradictions'), [8, 120], { label: 'internal' }),
    firstAt: time(title('首个信号', 'First signal')),
    lastAt: time(title('最近信号', 'Last signal')),
    by: text(title('研判人', 'Judged by'), 80, { label: 'internal', nullMeans: 'nobody yet' }),
  },
});
