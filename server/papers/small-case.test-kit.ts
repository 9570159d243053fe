// A small case from ring to answer, as its log has it: two pieces of evidence, a photo, a late step.
import { crc32, deflateSync } from 'node:zlib';
import type { Incident } from '../../contracts/records/incident.ts';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { CaseFileParts } from './case-file.ts';
import { Wording } from './wording.ts';

const MINUTE = 60_000;
export const CASE_START = Date.parse('2026-07-16T12:00:00Z');

/** A picture of 4 × 3 grey pixels. */
function smallPng(): Uint8Array {
  const chunk = (name: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.from([0, 0, 0, 4, 0, 0, 0, 3, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat([1, 2, 3].map((row) => Buffer.from([0, 0, row * 40, 120, 255])));
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

const unit = (id: string, zh: string) => ({ id, name: { zh, en: id } });
const photo = { hash: 'ab'.repeat(32), type: 'image/png', bytes: smallPng().length } as const;
const call = (key: string, title: string) => ({
  layer: emergencyCall.slug,
  key,
  name: title,
  values: { title, address: '河口街道幸福路 18 号', position: [105.83, 32.43], kind: 'rescue' },
  source: 'emergency-call',
  quality: 'good',
  synthetic: true,
  validAt: CASE_START - MINUTE,
  knownAt: CASE_START,
});

/** Kind, who, minutes after the start, what was said, what was found. */
const steps: readonly (readonly [string, string, number, object, object])[] = [
  [
    'report',
    'duty-li',
    0,
    {
      kind: 'gas-leak',
      channel: 'row',
      title: '河口街道居民楼燃气泄漏',
      text: '居民反映楼道内燃气味明显。',
      place: '河口街道',
      position: [105.83, 32.43],
      urgent: true,
      facts: {},
    },
    { no: '20260716-001', region: '510802', desk: unit('city', '市值班室'), evidence: call('c1', '燃气味') },
  ],
  ['accept', 'duty-li', 3, { text: '已电话核实' }, { dueAt: CASE_START + 18 * MINUTE }],
  [
    'grade',
    'chief-wang',
    25,
    { grade: 'III', facts: { hurt: 2, evacuated: 120 }, reason: '' },
    {
      gradeReason: { zh: '重伤（人）2 ≥ 1：较大（演示标准）', en: 'Seriously hurt 2 ≥ 1: Grade III (demo)' },
      dueAt: CASE_START + 55 * MINUTE,
      late: true,
    },
  ],
  [
    'cite',
    'chief-wang',
    26,
    { layer: emergencyCall.slug, key: 'c2', text: '同一楼栋' },
    { evidence: call('c2', '有人头晕') },
  ],
  [
    'assign',
    'chief-wang',
    30,
    { unit: 'dept:housing', assisting: ['dept:fire'], worker: '张三', text: '' },
    { unit: unit('dept:housing', '市住房城乡建设局'), assisting: [unit('dept:fire', '市消防救援支队')] },
  ],
  ['start', 'liaison-zhao', 35, { text: '' }, {}],
  ['answer', 'liaison-zhao', 90, { text: '阀门已关闭，浓度降至 0。' }, { files: [photo] }],
];

export function smallCaseLog(): LogEntry[] {
  return steps.map(([verb, subject, minutes, said, found], at) => ({
    seq: at + 11,
    world: 'live',
    subject,
    knownAt: CASE_START + minutes * MINUTE,
    kind: `incident/${verb}`,
    prevHash: '',
    body: {
      ...(at > 0 ? { incident: 11 } : {}),
      action: `action-${at}`,
      happenedAt: CASE_START + (minutes - 1) * MINUTE,
      said,
      found,
    } as unknown as LogEntry['body'],
  }));
}

const names: Readonly<Record<string, string>> = { 'duty-li': '李值班', 'chief-wang': '王值班长' };

/** `incident`: the fold of its log. */
export function smallCaseParts(incident: Incident, language: 'zh' | 'en'): CaseFileParts {
  return {
    incident,
    hashes: incident.evidence.map((_, at) => String(at).repeat(64)),
    withheld: [0, 3],
    photos: [{ ref: photo, bytes: smallPng() }],
    wording: new Wording({
      language,
      timeZone: 'Asia/Shanghai',
      nameOf: (id) => names[id] ?? null,
      regionName: (code) => (code === '510802' ? { zh: '利州区', en: 'Lizhou' } : null),
      layerOf: (slug) => (slug === emergencyCall.slug ? emergencyCall : null),
    }),
    unit: '广元市值班室',
    mark: '演示数据',
    madeBy: '王值班长（chief-wang）导出',
    madeAt: CASE_START + 120 * MINUTE,
  };
}
