import type { RuleDescription } from "@tabard/core"

/** What cannot be in force. */
export const INVALID: RuleDescription = {
  id: "manifest-invalid",
  severity: "critical",
  title: "A manifest or a policy cannot be put in force",
  remediation: "Correct it where the finding says.",
  controls: ["SP800-53r5:CM-3", "NIST-CSF-2.0:PR.PS-01"],
}

/** What is not what was reviewed. */
export const DRIFT: RuleDescription = {
  id: "lock-drift",
  severity: "high",
  title: "An agent is not what was reviewed",
  remediation: "Have the change reviewed, then write the lock anew with tabard lock.",
  controls: ["SP800-53r5:CM-3", "SP800-53r5:SI-7", "OWASP-ASI-2026:ASI04"],
}

/** What nothing pins. */
export const NO_LOCK: RuleDescription = {
  id: "lock-missing",
  severity: "high",
  title: "Nothing pins what was reviewed of an agent",
  remediation: "Write agent.lock with tabard lock, and have it reviewed with the manifest.",
  controls: ["SP800-53r5:CM-2", "SP800-53r5:CM-3", "OWASP-ASI-2026:ASI04"],
}
