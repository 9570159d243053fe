// What feeds see of MQTT: one broker of the server, embedded or external, and subscriptions on it.
import type { Link } from './feed.ts';

export interface MqttMessage {
  readonly topic: string;
  /** At most MQTT_MAX_PAYLOAD bytes; larger ones never reach a feed. */
  readonly payload: Uint8Array;
  /** A retained last value, sent by the broker on subscribing. */
  readonly retained: boolean;
  /** City clock, epoch ms. */
  readonly receivedAt: number;
}

/** Devices send at most 8 KB. */
export const MQTT_MAX_PAYLOAD = 8 * 1024;

export interface Mqtt {
  /** Subscribes with QoS 1 until the feed ends; contact and failure of the broker reach the feed's health. */
  subscribe(link: Link, filter: string, onMessage: (message: MqttMessage) => void): Promise<void>;
}

/** MQTT topic filter matching (+ one level, # the rest); topics that begin with $ match no leading wildcard. */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}
