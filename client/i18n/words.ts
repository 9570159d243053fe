// Words of the shell in both languages. A screen or panel keeps its own beside it, in the same way.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { session } from '../stores/session.ts';

export type Words = Readonly<Record<string, Title>>;

/** Texts of a dictionary in the language of the page; reading one depends on the language. */
export function useWords<W extends Words>(words: W): (key: keyof W) => string {
  return (key) => words[key]?.[session.locale] ?? '';
}

export const topicWords = {
  traffic: title('交通运行', 'Traffic'),
  environment: title('生态环境', 'Environment'),
  emergency: title('应急管理', 'Emergency'),
  opinion: title('社情民意', 'Public opinion'),
  system: title('系统', 'System'),
} as const;

export const stateWords = {
  live: title('实时', 'Live'),
  late: title('迟到', 'Late'),
  stale: title('陈旧', 'Stale'),
  down: title('中断', 'Down'),
  degraded: title('降级', 'Degraded'),
  quiet: title('静默', 'Quiet'),
  off: title('未接入', 'Not connected'),
  connecting: title('接入中', 'Connecting'),
  /** At this moment of the past nobody looked. */
  unrecorded: title('无记录', 'Not recorded'),
} as const;
export type StateWord = keyof typeof stateWords;

/** The server has just started, or has not told yet. */
export const waitingWord = title('正在取数据', 'Fetching data');

/** This page may not read what it would show. */
export const forbiddenWord = title('无权限', 'No permission');

export const severityWords = {
  red: title('红', 'Red'),
  orange: title('橙', 'Orange'),
  yellow: title('黄', 'Yellow'),
  blue: title('蓝', 'Blue'),
} as const;

export const qualityWords = {
  good: title('正常', 'Good'),
  suspect: title('存疑', 'Suspect'),
  bad: title('无效', 'Bad'),
  estimated: title('估算', 'Estimated'),
  manual: title('人工填报', 'By hand'),
  simulated: title('模拟', 'Simulated'),
} as const;
