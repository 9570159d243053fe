// Rules as people put them to work or out of it and change their limits, over what the files of the city say: the last
// word on each, out of the log.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  AlertRule,
  AlertRuleProblem,
  LimitedPart,
  RuleLimit,
  RuleLimitRequest,
  RuleSwitch,
  RuleSwitchRequest,
} from '../../contracts/records/alert-rule.ts';
import {
  RULE_LIMIT,
  RULE_SWITCH,
  ruleLimitSchema,
  ruleSwitchSchema,
} from '../../contracts/records/alert-rule.ts';
import type { RecordLog } from '../store/port.ts';
import type { AlertRules, SwitchedRules } from './port.ts';
import { limitedParts, requireLimit, withLimit } from './rule-limits.ts';

/** Changes of limits that are listed; older ones are in the log only. */
const MOST_LISTED = 200;
const partOf = ({ rule, part }: Pick<RuleLimitRequest, 'rule' | 'part'>): string => `${rule} ${part}`;

export interface RuleSwitchesOptions {
  readonly log: RecordLog;
  /** As the files say. */
  readonly written: AlertRules;
}

export class RuleSwitches implements SwitchedRules {
  readonly #options: RuleSwitchesOptions;
  readonly #last = new Map<string, RuleSwitch>();
  readonly #limits: RuleLimit[] = [];
  /** The last change of each condition. */
  readonly #lastLimits = new Map<string, RuleLimit>();
  #count = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #rules: readonly AlertRule[] = [];
  #revision = -1;

  constructor(options: RuleSwitchesOptions) {
    this.#options = options;
  }

  /** Folds the log; call before the first tick. */
  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: [RULE_SWITCH, RULE_LIMIT] }))
      this.#apply(entry);
  }

  async close(): Promise<void> {
    await this.#turn;
  }

  /** Both only rise: their sum rises with either. */
  get revision(): number {
    return this.#options.written.revision + this.#count;
  }

  get rules(): readonly AlertRule[] {
    if (this.#revision === this.revision) return this.#rules;
    this.#revision = this.revision;
    this.#rules = this.#options.written.rules.map((rule) => {
      const last = this.#last.get(rule.id);
      return this.#limited(last ? { ...rule, enabled: last.on } : rule);
    });
    return this.#rules;
  }

  get problems(): readonly AlertRuleProblem[] {
    return this.#options.written.problems;
  }

  get switches(): readonly RuleSwitch[] {
    return [...this.#last.values()];
  }

  /** @throws CodedError request/not-found, request/conflict, store/… */
  switchRule(by: string, asked: RuleSwitchRequest): Promise<RuleSwitch> {
    return this.#inTurn(async () => {
      const rule = this.rules.find(({ id }) => id === asked.rule);
      if (!rule) throw new CodedError('request/not-found', `alert rule ${asked.rule}`);
      if (rule.enabled === asked.on)
        throw new CodedError(
          'request/conflict',
          `alert rule ${rule.id} is ${asked.on ? 'on' : 'off'} already`,
        );
      this.#apply(await this.#options.log.append({ subject: by, kind: RULE_SWITCH, body: { ...asked } }));
      return this.#last.get(rule.id) as RuleSwitch;
    });
  }

  /** Conditions whose limit can be changed, as they hold and as the files say. */
  get limited(): readonly LimitedPart[] {
    return limitedParts(this.rules, this.#options.written.rules);
  }

  /** Newest first. */
  get limits(): readonly RuleLimit[] {
    return [...this.#limits]
      .reverse()
      .slice(0, MOST_LISTED)
      .map((one) => ({ ...one, undoable: this.#lastLimits.get(partOf(one)) === one && one.undoes === null }));
  }

  /** @throws CodedError request/not-found, request/invalid, request/conflict where it is so already, store/… */
  changeLimit(by: string, asked: RuleLimitRequest): Promise<RuleLimit> {
    return this.#inTurn(async () => {
      requireLimit(this.#written(asked.rule), asked.rule, asked);
      const before = this.#lastLimits.get(partOf(asked))?.limit ?? null;
      if (JSON.stringify(before) === JSON.stringify(asked.limit))
        throw new CodedError('request/conflict', `part ${asked.part} of ${asked.rule} is so already`);
      return this.#sayLimit(by, { ...asked, before, undoes: null });
    });
  }

  /** Puts back what held before. @throws CodedError request/not-found, request/conflict where another came later */
  undoLimit(by: string, id: number, reason: string): Promise<RuleLimit> {
    return this.#inTurn(async () => {
      const held = this.#limits.find((one) => one.id === id);
      if (!held) throw new CodedError('request/not-found', `change ${id} of a limit`);
      if (this.#lastLimits.get(partOf(held)) !== held || held.undoes !== null)
        throw new CodedError('request/conflict', `change ${id} was changed again, or taken back`);
      const { rule, part, limit, before } = held;
      requireLimit(this.#written(rule), rule, { part, limit: before });
      return this.#sayLimit(by, { rule, part, reason, limit: before, before: limit, undoes: id });
    });
  }

  async #sayLimit(by: string, body: Omit<RuleLimit, 'id' | 'by' | 'at' | 'undoable'>): Promise<RuleLimit> {
    const entry = await this.#options.log.append({ subject: by, kind: RULE_LIMIT, body: { ...body } });
    this.#apply(entry);
    return { ...(this.#limits.at(-1) as RuleLimit), undoable: body.undoes === null };
  }

  #limited(rule: AlertRule): AlertRule {
    let limited = rule;
    for (const { rule: id, part, limit } of this.#lastLimits.values())
      if (id === rule.id && limit !== null) limited = withLimit(limited, part, limit);
    return limited;
  }

  #written(id: string): AlertRule | undefined {
    return this.#options.written.rules.find((rule) => rule.id === id);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #apply(entry: LogEntry): void {
    if (entry.kind === RULE_LIMIT) this.#applyLimit(entry);
    else this.#applySwitch(entry);
  }

  #applyLimit({ seq, subject, knownAt, body }: LogEntry): void {
    const { before, undoes, ...asked } = body as unknown as Omit<RuleLimit, 'id' | 'by' | 'at' | 'undoable'>;
    const { data } = ruleLimitSchema.safeParse(asked);
    if (!data) return;
    const held = { ...data, id: seq, by: subject, at: knownAt, before, undoes, undoable: false };
    this.#limits.push(held);
    this.#lastLimits.set(partOf(data), held);
    this.#count += 1;
  }

  #applySwitch({ subject, knownAt, body }: LogEntry): void {
    const { data } = ruleSwitchSchema.safeParse(body);
    if (!data) return;
    this.#last.set(data.rule, { ...data, by: subject, at: knownAt });
    this.#count += 1;
  }
}
