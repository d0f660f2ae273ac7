import type { FindingRule, RuleSighting } from "@tabard/core"
import type { Standards } from "../standards/standards.ts"
import { type Provisioned, type ReviewedAgent, type Told, UNKNOWN } from "./provisioned.ts"

/** What the rules look at: all that is about to be made, and which agents were vetted. */
export interface ProvisionedSight {
  readonly provisioned: readonly Provisioned[]
  readonly reviewed: ReadonlyMap<string, ReviewedAgent>
  readonly standards: Standards
}

const undeclared: FindingRule<ProvisionedSight> = {
  id: "provisioned-agent-undeclared",
  severity: "high",
  title: "An agent is provisioned without a manifest",
  remediation:
    "Write a manifest, have it reviewed, and name it: tabard/agent in Kubernetes, tabard:agent as a tag.",
  controls: ["SP800-53r5:CM-8(3)", "NIST-CSF-2.0:ID.AM-02", "OWASP-ASI-2026:ASI10"],
  judge: ({ provisioned }) =>
    provisioned.flatMap((each) => {
      if (each.agent === UNKNOWN) return [about(each, "Which agent it is, is only known after apply.")]
      return each.agent === undefined && each.sign !== null
        ? [about(each, `It is taken for an agent (${each.sign}), and names no manifest.`)]
        : []
    }),
}

const unknownAgent: FindingRule<ProvisionedSight> = {
  id: "provisioned-agent-unknown",
  severity: "high",
  title: "An agent is provisioned under a name that no manifest has",
  remediation: "Name an agent whose manifest is among those that are checked.",
  controls: ["SP800-53r5:CM-8(3)", "SP800-53r5:IA-4", "OWASP-ASI-2026:ASI03"],
  judge: ({ provisioned, reviewed }) =>
    provisioned.flatMap((each) =>
      typeof each.agent === "string" && !reviewed.has(each.agent)
        ? [about(each, `It says it is ${each.agent}, of which there is no manifest.`)]
        : [],
    ),
}

const otherOwner: FindingRule<ProvisionedSight> = {
  id: "provisioned-owner-differs",
  severity: "high",
  title: "An agent is provisioned without its owner's name",
  remediation: "Write the owner whom the manifest names: tabard/owner in Kubernetes, tabard:owner as a tag.",
  controls: ["SP800-53r5:AC-2", "CIS-v8.1:5.5", "ISO42001-2023-A:A.3.2"],
  judge: (sight) =>
    reviewedIn(sight).flatMap(([each, { owner }]) =>
      owner !== null && typeof each.owner === "string" && each.owner.toLowerCase() === owner.toLowerCase()
        ? []
        : [about(each, `It ${told("names", each.owner, "no owner")}, and its manifest ${owner ?? "none"}.`)],
    ),
}

const otherLock: FindingRule<ProvisionedSight> = {
  id: "provisioned-lock-not-reviewed",
  severity: "high",
  title: "An agent is provisioned that is not the one that was reviewed",
  remediation:
    "Name the digest of the agent.lock that was reviewed: tabard/lock in Kubernetes, tabard:lock as a tag.",
  controls: ["SP800-53r5:CM-3", "SP800-53r5:SI-7", "OWASP-ASI-2026:ASI04"],
  judge: (sight) =>
    reviewedIn(sight).flatMap(([each, { lock }]) => {
      const isAsked = each.lock !== undefined || lock !== null || sight.standards.lock === "required"
      if (!isAsked || (each.lock === lock && lock !== null)) return []
      return [
        about(
          each,
          `It ${told("names the lock", each.lock, "no lock")}, and ${lock ?? "none"} was reviewed.`,
        ),
      ]
    }),
}

const otherAccount: FindingRule<ProvisionedSight> = {
  id: "provisioned-account-differs",
  severity: "high",
  title: "An agent runs as what is not its own",
  remediation: "Run each agent under an account of its own, and list it under workloads in the standards.",
  controls: ["OWASP-NHI-2025:NHI9:2025", "SP800-53r5:AC-6", "SP800-53r5:IA-9"],
  judge: ({ provisioned, standards: { workloads } }) =>
    provisioned.flatMap((each) => {
      if (each.account === null || typeof each.agent !== "string") return []
      const own = workloads.find(({ agent }) => agent === each.agent)?.accounts
      const isShared = typeof each.account !== "string" || /(?:^|\/)default$/.test(each.account)
      if (own ? typeof each.account === "string" && own.includes(each.account) : !isShared) return []
      const asked = own ? `${own.join(" or ")} is asked for` : "an account of its own is asked for"
      return [
        about(each, `It ${told("runs as", each.account, "runs as nobody in particular")}, and ${asked}.`),
      ]
    }),
}

const weak: FindingRule<ProvisionedSight> = {
  id: "provisioned-identity-weak",
  severity: "high",
  title: "What an agent acts by can be copied, or taken by others",
  remediation: "Trust one named workload, by federation, and make no key that lasts.",
  controls: ["OWASP-NHI-2025:NHI4:2025", "OWASP-NHI-2025:NHI7:2025", "SP800-53r5:IA-9"],
  judge: ({ provisioned }) =>
    provisioned.flatMap((each) => each.weaknesses.map((message) => about(each, message))),
}

const failing: FindingRule<ProvisionedSight> = {
  id: "provisioned-manifest-fails",
  severity: "medium",
  title: "An agent is provisioned whose manifest does not meet the standards",
  remediation: "Put right what tabard check finds in its manifest first.",
  controls: ["SP800-53r5:CM-3", "NIST-CSF-2.0:PR.PS-01", "ISO42001-2023-A:A.6.2.4"],
  judge: (sight) =>
    reviewedIn(sight).flatMap(
      ([
        each,
        {
          findings: [worst, ...others],
        },
      ]) => {
        if (!worst) return []
        const more = others.length > 0 ? ` (and ${others.length} more)` : ""
        return [{ ...about(each, `Its manifest: ${worst.message}${more}`), severity: worst.severity }]
      },
    ),
}

/** The rules for whatever is about to be made. */
export const PROVISIONED_RULES: readonly FindingRule<ProvisionedSight>[] = [
  undeclared,
  unknownAgent,
  otherOwner,
  otherLock,
  otherAccount,
  weak,
  failing,
]

function reviewedIn({
  provisioned,
  reviewed,
}: ProvisionedSight): readonly (readonly [Provisioned, ReviewedAgent])[] {
  return provisioned.flatMap((each) => {
    const known = typeof each.agent === "string" ? reviewed.get(each.agent) : undefined
    return known && each.kind === "agent" ? [[each, known] as const] : []
  })
}

function told(verb: string, said: Told, none: string): string {
  if (said === UNKNOWN) return `${verb} what is only known after apply`
  return said === undefined ? none.replace(/^no /, "names no ") : `${verb} ${said}`
}

function about({ subject, file, path, placeOf }: Provisioned, message: string): RuleSighting {
  const place = placeOf(path)
  const column = place ? { column: place.column } : {}
  return { subject, message, evidence: [{ path: file, line: place?.line ?? null, what: subject, ...column }] }
}
