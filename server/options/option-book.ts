// Choices between options: what was offered, what was chosen and why, what was not, and what was known then; one entry each.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  ChooseRequest,
  DecisionOption,
  OptionChoice,
  OptionPage,
} from '../../contracts/records/option.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Freezer } from '../evidence/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { OptionActor, OptionGround, Options } from './port.ts';
import { sheetOf } from './sheet.ts';

const CHOOSE = 'option/choose';

interface ChooseBody {
  readonly action: string;
  /** Hash of what was asked. */
  readonly hash: string;
  readonly incident: number;
  readonly offered: readonly DecisionOption[];
  readonly chosen: string;
  readonly reason: string;
  readonly evidence: OptionChoice['evidence'];
}

export interface OptionBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly ground: OptionGround;
  readonly freezer: Freezer;
}

export class OptionBook implements Options {
  readonly #options: OptionBookOptions;
  /** Newest first, by incident. */
  readonly #choices = new Map<number, OptionChoice[]>();
  readonly #done = new Map<string, { readonly choice: OptionChoice; readonly hash: string }>();
  readonly #turns = new Turns();

  constructor(options: OptionBookOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: [CHOOSE] })) this.#apply(entry);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  page(id: number, reaches: Reaches): OptionPage {
    const { ground, clock } = this.#options;
    const incident = this.#require(id, reaches);
    const choices = this.choicesOf(id);
    const names = choices.flatMap(({ by }) => {
      const name = ground.nameOf(by);
      return name === null ? [] : [[by, name] as const];
    });
    return { sheet: sheetOf(incident, ground, clock.now()), choices, names: Object.fromEntries(names) };
  }

  choicesOf(incident: number): readonly OptionChoice[] {
    return this.#choices.get(incident) ?? [];
  }

  choose(by: OptionActor, id: number, asked: ChooseRequest): Promise<OptionChoice> {
    return this.#turns.take([`incident ${id}`, asked.action], async () => {
      const { log, clock, ground, freezer } = this.#options;
      const incident = this.#require(id, by.reaches);
      const { view: _view, ...meant } = asked;
      const hash = hashOf({ id, ...meant });
      const before = this.#done.get(asked.action);
      if (before && before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      if (before) return before.choice;
      const sheet = sheetOf(incident, ground, clock.now());
      if (sheet.hash !== asked.sheet)
        throw new CodedError(
          'request/conflict',
          `sheet of incident ${id}: it changed, read the options again`,
        );
      const chosen = sheet.options.find((one) => one.id === asked.chosen);
      if (!chosen)
        throw new CodedError('request/invalid', `chosen: ${asked.chosen} is no option of the sheet`);
      const pack = await freezer.freeze(by, {
        ...{
          action: `${asked.action}-e`,
          cause: 'option',
          title: chosen.title.zh.slice(0, 200),
          incident: id,
        },
        ...{ rows: asked.rows, view: asked.view },
      });
      const body: ChooseBody = {
        ...{ action: asked.action, hash, incident: id, offered: sheet.options, chosen: chosen.id },
        ...{ reason: asked.reason, evidence: { id: pack.id, hash: pack.hash } },
      };
      const entry = await log.append({
        subject: by.id,
        kind: CHOOSE,
        body: body as unknown as LogEntry['body'],
      });
      return this.#apply(entry);
    });
  }

  /** @throws CodedError request/not-found */
  #require(id: number, reaches: Reaches): Incident {
    const found = this.#options.ground.incident(id);
    const units = found ? [found.unit, ...found.assisting].flatMap((unit) => unit?.id ?? []) : [];
    if (!found || !reaches(found.region, units)) throw new CodedError('request/not-found', `incident ${id}`);
    return found;
  }

  #apply({ seq, subject, knownAt, body: said }: LogEntry): OptionChoice {
    const { action, hash, incident, offered, chosen: id, reason, evidence } = said as unknown as ChooseBody;
    const choice: OptionChoice = {
      ...{ id: seq, incident, by: subject, at: knownAt, reason, evidence },
      chosen: offered.find((one) => one.id === id) as DecisionOption,
      rejected: offered.filter((one) => one.id !== id),
    };
    this.#choices.set(incident, [choice, ...(this.#choices.get(incident) ?? [])]);
    this.#done.set(action, { choice, hash });
    return choice;
  }
}

const hashOf = (asked: object): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(asked))))
    .digest('base64');
