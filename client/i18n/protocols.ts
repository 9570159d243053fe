// Protocols and licences of sources in words. A protocol keeps its own name, and says beside it what that is.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

const PROTOCOLS: readonly (readonly [RegExp, Title])[] = [
  [/^OGC SensorThings/i, title('传感器观测标准接口，轮询', 'standard interface for sensor readings, polled')],
  [/^GTFS/i, title('公共交通实时数据标准', 'standard for live public transport')],
  [/^JT\/T 808/i, title('道路运输车辆卫星定位终端标准，长连接', 'Chinese standard for vehicle terminals')],
  [/^HJ 212/i, title('污染源在线监控数据传输标准，长连接', 'Chinese standard for pollution monitoring')],
  [/^MQTT/i, title('物联网消息订阅', 'publish and subscribe for devices')],
  [/^CAP/i, title('通用预警协议，轮询', 'common alerting protocol, polled')],
  [/^CoverageJSON/i, title('格网数据，轮询', 'grids, polled')],
  [/^Server-Sent Events/i, title('服务器推送事件流', 'events pushed by the server')],
  [/^Atom|^RSS/i, title('资讯订阅，轮询', 'news feed, polled')],
  [/^webhook/i, title('对方系统推送，国密签名', 'pushed by the other system, signed')],
  [/^JSON lines/i, title('逐行数据流', 'stream of lines')],
  [/^paged/i, title('按变更分页轮询', 'pages of changes, polled')],
  [/^JSON over HTTP/i, title('网页接口，轮询', 'web interface, polled')],
];

/** What a protocol is; null for one nobody described yet. */
export const protocolWords = (protocol: string): Title | null =>
  PROTOCOLS.find(([pattern]) => pattern.test(protocol))?.[1] ?? null;

const LICENCES: Readonly<Record<string, Title>> = {
  'municipal, internal use': title('本市政务数据，内部使用', 'Municipal, internal use'),
  'transport operator, open data': title('运营单位开放数据', 'Transport operator, open data'),
  'public sources': title('公开来源', 'Public sources'),
  'licensed provider, internal use': title('授权供应商，内部使用', 'Licensed provider, internal use'),
  'public warnings': title('公开发布的预警', 'Public warnings'),
};

/** A licence in words; as the source says it where nobody translated it. */
export const licenceWords = (licence: string): Title => LICENCES[licence] ?? title(licence, licence);
