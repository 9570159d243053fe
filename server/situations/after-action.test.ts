// The after-action review out of a real incident with a late task that moves people, an order and a choice; its paper.
import { expect, test } from 'vitest';
import type { Acknowledgement } from '../../contracts/records/acknowledgement.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { OptionChoice } from '../../contracts/records/option.ts';
import type { TaskVerb } from '../../contracts/records/task.ts';
import { giveTaskSchema, taskSchemas } from '../../contracts/records/task-actions.ts';
import { linesOf, looseEnds } from '../papers/paper.ts';
import { situationPaper } from '../papers/situation-paper.ts';
import { Press } from '../papers/press.ts';
import { Wording } from '../papers/wording.ts';
import type { Opened } from '../main/orders.test-kit.ts';
import { action, chief, incidentIn, issueOf, MINUTE, rig, START } from '../main/orders.test-kit.ts';
import { afterAction } from './after-action.ts';
import { citedBy, sectionsOf } from './figures.ts';
import { entriesOfReview } from '../../contracts/records/after-action.ts';

async function step({ incidents }: Opened, task: number, verb: TaskVerb, said: object = {}): Promise<void> {
  const { seq } = incidents.tasks.view(task, () => true).task;
  const asked = taskSchemas[verb].parse({ action: action(), seen: seq, ...said });
  await incidents.tasks.act(chief, task, { verb, asked });
}

const name = (zh: string) => ({ zh, en: zh });
const ack: Acknowledgement = {
  ...{ id: 3, seq: 4, subject: 'warning', of: 'w1', title: '暴雨橙色预警', severity: 'orange', at: START },
  ...{ dueAt: START + 10 * MINUTE, escalated: [], endedAt: null },
  asked: ['town:1', 'town:2', 'town:3'].map((id) => ({ id, name: name(id) })),
  answers: [
    { unit: 'town:1', by: 'feed:x', at: START + 4 * MINUTE, way: 'system', text: '', isLate: false },
    { unit: 'town:2', by: 'x', at: START + 13 * MINUTE, way: 'phone', text: '', isLate: true },
  ],
};
const option = (id: string, title: string) => ({ id, title: name(title) }) as OptionChoice['chosen'];

async function reviewed() {
  const { open, clock } = rig();
  const books = await open();
  const incident = await incidentIn(books);
  const give = giveTaskSchema.parse({
    ...{ action: action(), seen: books.incidents.find(incident)?.seq, unit: 'dept:emergency' },
    ...{ text: '转移林场乡群众', dueAt: START + 20 * MINUTE, move: [{ place: '990102200', people: 200 }] },
  });
  const { id: task } = await books.incidents.tasks.give(chief, incident, give);
  clock.advance(5 * MINUTE);
  await step(books, task, 'receive');
  await step(books, task, 'start');
  await step(books, task, 'progress', { places: [{ place: '990102200', moved: 150, refused: 12 }] });
  clock.advance(30 * MINUTE);
  await step(books, task, 'report', { text: '还有十二人' });
  await books.orders.issue(chief, issueOf({ incident }));
  await books.idle();
  const choice = {
    ...{ id: 5, incident, by: 'chief', at: START + 2 * MINUTE, chosen: option('a', '甲方案') },
    ...{ reason: '先拦后放', rejected: [option('b', '乙方案')], evidence: { id: 9, hash: 'h' } },
  } as OptionChoice;
  const matter = {
    incident: books.incidents.find(incident) as Incident,
    orders: [...books.orders.everyone()],
    ...{ calls: [], choices: [choice], warnings: [], plans: [], bookings: [], acks: [ack] },
    clusters: [{ id: 'c', title: '沿江来电', count: 9, firstAt: START - 45 * MINUTE }],
    now: clock.now(),
  };
  return {
    matter,
    review: afterAction(matter),
    task: books.incidents.tasks.view(task, () => true).task,
  };
}

test('says what was late, who was silent, who has not left, and which entries say so', async () => {
  const { review, matter, task } = await reviewed();
  expect(review.phases.map(({ stage }) => stage)).toEqual(['reported', 'accepted']);
  expect(review.delays.map(({ id, minutes }) => [id, minutes])).toEqual([
    ['accept', 0],
    ['task', 0],
    ['receive', 5],
  ]);
  expect(review.work).toMatchObject([
    {
      kind: 'task',
      inTime: 0,
      late: 1,
      open: 0,
      lateOnes: [{ text: '转移林场乡群众', entries: [task.seq] }],
    },
    { kind: 'order', late: 0, open: 1 },
  ]);
  expect(review.acks).toMatchObject([{ asked: 3, acknowledged: 2, late: 1, lastMin: 13, entries: [3, 4] }]);
  expect(review.evacuation).toMatchObject({ toMove: 200, moved: 150, refused: 12, percent: 75 });
  expect(review.decisions.map(({ chosen, rejected }) => [chosen.zh, rejected.length])).toEqual([
    ['甲方案', 1],
    ['下达指令：封闭下河堤', 0],
  ]);
  expect(review.improvements.map(({ text }) => text.zh)).toEqual([
    '任务超时：转移林场乡群众',
    '叫应“暴雨橙色预警”：1 个乡镇未签收、1 个超时，逐一核查值守',
    '转移未清空：应转移 200 人、已转移 150 人、拒绝 12 人，完善名单和包保',
    '线索“沿江来电”出现 45 分钟后才接报，检查研判规则',
  ]);
  const logged = new Set(matter.incident.log.map(({ seq }) => seq));
  const [count = 0] = review.evacuation?.entries ?? [];
  expect(logged.has(count)).toBe(true);
  expect(matter.incident.log.find(({ seq }) => seq === count)?.verb).toBe('task-progress');
});

test.each(['zh', 'en'] as const)(
  'the paper (%s) holds every part, and every link leads to its entry',
  async (language) => {
    const { review, matter } = await reviewed();
    const sections = sectionsOf(matter, new Map());
    const cited = citedBy(sections, matter, entriesOfReview(review));
    const wording = new Wording({
      ...{
        language,
        timeZone: 'Asia/Shanghai',
        nameOf: () => null,
        regionName: () => null,
        layerOf: () => null,
      },
    });
    const { id, no, title, seq } = matter.incident;
    const paper = situationPaper({
      report: {
        ...{ kind: 'summary', incident: { id, no, title, seq }, sections, cited, review, previous: null },
        ...{ id: 99, no: 'B1', issue: 1, by: 'chief', at: matter.now, text: '洪水安全过境', next: '' },
        ...{ decisions: [], evidence: { id: 9, hash: 'h' } },
      },
      ...{ wording, unit: '试城值班室', mark: null, madeBy: '导出', madeAt: matter.now },
    });
    expect(looseEnds(paper)).toEqual([]);
    const lines = linesOf(paper).join('\n');
    for (const words of language === 'zh'
      ? ['处置经过', '响应时效', '改进事项', '十、']
      : ['How soon', 'Improvements'])
      expect(lines).toContain(words);
    expect(lines).toContain(language === 'zh' ? '暴雨橙色预警 | 2 / 3 | 1 | 13' : '2 / 3');
    const [docx, pdf] = [await new Press().print(paper, 'docx'), await new Press().print(paper, 'pdf')];
    expect([docx, pdf].map((bytes) => Buffer.from(bytes).subarray(0, 4).toString('latin1'))).toEqual([
      'PK\u0003\u0004',
      '%PDF',
    ]);
  },
);
