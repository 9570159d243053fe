import { number, oneOf, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Why a feed is in its state. */
export const feedReasons = {
  none: title('无', 'None'),
  waiting_first: title('等待首条数据', 'Waiting for the first datum'),
  no_contact: title('启动后未连通', 'No contact since the start'),
  late: title('数据迟到', 'Data is late'),
  silent: title('数据中断', 'No new data'),
  unreachable: title('无法连接', 'Unreachable'),
  timeout: title('响应超时', 'No answer in time'),
  bad_status: title('返回错误状态', 'Answers with an error'),
  protocol: title('不符合协议', 'Does not keep to its protocol'),
  breaker_open: title('多次失败，稍后重试', 'Failed too often, waiting'),
  rejects: title('拒收过多', 'Too many records refused'),
  clock_ahead: title('来源时钟超前', 'Clock of the source runs ahead'),
  disabled: title('已停用', 'Switched off in the settings'),
  quiet_no_event: title('近期无事件', 'No event lately'),
  clock_behind: title('来源时钟落后', 'Clock of the source is behind'),
  switched_off: title('人工停用', 'Switched off by hand'),
} as const;
export type FeedReason = keyof typeof feedReasons;

/** The state of every feed, computed from what it delivers. One row a feed. */
export const feedHealth = defineLayer({
  slug: 'feed-health',
  title: title('接入状态', 'Feed health'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: 5,
  expireS: null,
  retention: 'state',
  citywide: true,
  columns: {
    name: text(title('名称', 'Feed'), 80),
    system: text(title('系统', 'System'), 60),
    state: oneOf(title('状态', 'State'), {
      live: title('实时', 'Live'),
      late: title('迟到', 'Late'),
      stale: title('陈旧', 'Stale'),
      down: title('中断', 'Down'),
      degraded: title('降级', 'Degraded'),
      quiet: title('静默', 'Quiet'),
      off: title('未接入', 'Not connected'),
      connecting: title('接入中', 'Connecting'),
    }),
    reason: oneOf(title('原因', 'Reason'), feedReasons),
    detail: text(title('详情', 'Detail'), 200, {
      nullMeans: 'the reason says all',
      origin: 'technical message',
    }),
    periodS: number(title('周期', 'Period'), ['s', 1, 0, 604_800], { nullMeans: 'event-driven' }),
    lastAt: time(title('最近数据', 'Last datum'), 1000, { nullMeans: 'nothing since start' }),
    lastOkAt: time(title('最近连通', 'Last contact'), 1000, { nullMeans: 'never since start' }),
    lagMs: number(title('延迟', 'Lag'), ['ms', 1, 0, 1_000_000_000], {
      origin: 'receipt − validAt, median of the last minute',
    }),
    ratePerMin: number(title('速率', 'Rate'), ['1/min', 1, 0, 100_000_000]),
    accepted: number(title('接收', 'Accepted'), ['count', 1, 0, 2_000_000_000]),
    rejected: number(title('拒收', 'Rejected'), ['count', 1, 0, 2_000_000_000]),
    rejectedPct: number(title('拒收率', 'Rejected share'), ['percent', 0.1, 0, 100]),
    wrongClocks: number(title('时钟异常设备', 'Devices with a wrong clock'), ['count', 1, 0, 1_000_000], {
      origin:
        'moments of a device against our receipt and against the others of its feed; silenced ones do not count',
    }),
  },
});
