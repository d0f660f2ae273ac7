import { formatPolicy, parsePolicy, parseVerifierKey } from "@tabard/log"
import { sha256 } from "@tabard/log/node"

/**
 * Answers the trust policy (C2SP tlog-policy) of one log, as an auditor gets it: what was settled of witnesses, nothing where
 * nobody has settled it, and this log alone, since some software takes a policy of several logs to ask for all their signatures.
 */
export function wholePolicy(settled: string | undefined, verifierKey: string): string {
  const policy = parsePolicy(sha256, new TextEncoder().encode(settled ?? "quorum none\n"))
  return formatPolicy({ ...policy, logs: [{ key: parseVerifierKey(sha256, verifierKey) }] })
}
