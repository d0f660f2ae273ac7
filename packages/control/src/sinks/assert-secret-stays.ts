import { Problem, type SinkKind } from "@tabard/core"
import type { Sink } from "./sink-store.ts"

/** The settings by which a secret is handed over as it is: to whom, and by whose word that is who it says. */
const HANDED_OVER_BY: Readonly<Partial<Record<SinkKind, readonly string[]>>> = {
  elasticsearch: ["url", "ca"],
  otlp: ["url", "ca"],
  sentinel: ["loginUrl", "dce"],
  splunk: ["url", "ca"],
}

/**
 * Refuses to show a kept secret to somebody new: whoever leads a sink elsewhere has to know its secret, or could have it
 * sent to themselves.
 *
 * @throws {Problem} body_invalid
 */
export function assertSecretStays(
  { kind, settings: before }: Pick<Sink, "kind" | "settings">,
  { settings }: Pick<Sink, "settings">,
): void {
  const isElsewhere = HANDED_OVER_BY[kind]?.some((name) => before[name] !== settings[name])
  if (isElsewhere) {
    throw new Problem(
      "body_invalid",
      "this sink's secrets are not sent to another address, or under another certificate: give them once more",
    )
  }
}
