// Rules as people put them to work or out of it, over what the files of the city say: the last word on each, out of the log.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  AlertRule,
  AlertRuleProblem,
  RuleSwitch,
  RuleSwitchRequest,
} from '../../contracts/records/alert-rule.ts';
import { RULE_SWITCH, ruleSwitchSchema } from '../../contracts/records/alert-rule.ts';
import type { RecordLog } from '../store/port.ts';
import type { AlertRules, SwitchedRules } from './port.ts';

export interface RuleSwitchesOptions {
  readonly log: RecordLog;
  /** As the files say. */
  readonly written: AlertRules;
}

export class RuleSwitches implements SwitchedRules {
  readonly #options: RuleSwitchesOptions;
  readonly #last = new Map<string, RuleSwitch>();
  #count = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #rules: readonly AlertRule[] = [];
  #revision = -1;

  constructor(options: RuleSwitchesOptions) {
    this.#options = options;
  }

  /** Folds the log; call before the first tick. */
  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: [RULE_SWITCH] })) this.#apply(entry);
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
      return last ? { ...rule, enabled: last.on } : rule;
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
    const mine = this.#turn.then(async () => {
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
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #apply({ subject, knownAt, body }: LogEntry): void {
    const { data } = ruleSwitchSchema.safeParse(body);
    if (!data) return;
    this.#last.set(data.rule, { ...data, by: subject, at: knownAt });
    this.#count += 1;
  }
}
