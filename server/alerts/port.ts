// What other areas see of alerts: what can be asked and done. Instances come from the composition root.
import type {
  AcknowledgeRequest,
  AlarmDiscipline,
  Alert,
  AlertCommentRequest,
  AlertState,
  ClearRequest,
  ShelveRequest,
  UnshelveRequest,
} from '../../contracts/records/alert.ts';
import type {
  AlertRule,
  AlertRuleProblem,
  LimitedPart,
  RuleLimit,
  RuleLimitRequest,
  RuleSwitch,
  RuleSwitchRequest,
} from '../../contracts/records/alert-rule.ts';
import type { BackTestAnswer, BackTestAsk } from './back-test.ts';
import type { RaiseMark } from './fold.ts';

export type { BackTestAnswer } from './back-test.ts';
export type { RaiseMark } from './fold.ts';
export type { Clusters } from './clusters/port.ts';

export interface AlertRules {
  readonly revision: number;
  readonly rules: readonly AlertRule[];
  readonly problems: readonly AlertRuleProblem[];
}

/** As the city writes them, and as people put them to work or out of it. */
export interface SwitchedRules extends AlertRules {
  /** The last word on each rule that anybody switched. */
  readonly switches: readonly RuleSwitch[];
  /** Conditions whose limit can be changed, as they hold and as the files say. */
  readonly limited: readonly LimitedPart[];
  /** Changes of limits, newest first. */
  readonly limits: readonly RuleLimit[];
}

/**
 * `by`: who asks, as the log names them. What is done is on record when it resolves. Throws CodedError request/not-found,
 * …/invalid, …/conflict, and store/… where nothing can be recorded.
 */
export interface Alerts {
  /** The worst and newest first; without a state those that stand. */
  list(state?: AlertState): readonly Alert[];
  discipline(): AlarmDiscipline;
  /** Raises that asked somebody to act, `from` < at ≤ `to` (epoch ms), oldest first; up to seven days back. */
  marks(from: number, to: number): readonly RaiseMark[];
  rules(): SwitchedRules;
  /** Puts a rule to work, or out of it: what stands of it ends. */
  switchRule(by: string, asked: RuleSwitchRequest): Promise<RuleSwitch>;
  /** Another limit of a condition, at once in force. */
  changeLimit(by: string, asked: RuleLimitRequest): Promise<RuleLimit>;
  undoLimit(by: string, id: number, reason: string): Promise<RuleLimit>;
  acknowledge(by: string, asked: AcknowledgeRequest): Promise<readonly Alert[]>;
  shelve(by: string, asked: ShelveRequest): Promise<Alert>;
  unshelve(by: string, asked: UnshelveRequest): Promise<Alert>;
  comment(by: string, asked: AlertCommentRequest): Promise<Alert>;
  clear(by: string, asked: ClearRequest): Promise<Alert>;
  /** A rule as somebody wrote it. @throws CodedError request/invalid naming the field */
  check(rule: unknown): AlertRule;
  /** Tries a rule on what is stored. */
  test(asked: BackTestAsk): Promise<BackTestAnswer>;
}
