import { type Finding, type FindingStanding, newId, SEVERITIES } from "@tabard/core"
import { type Cast, clockAt, type Making, pick, portions } from "./cast.ts"
import type { Inventory } from "./inventory.ts"

const AGENT_RULES = ["no-owner", "no-purpose"] as const
const CREDENTIAL_RULES = ["plaintext-credential", "long-lived-credential"] as const

/** How much of the credentials both rules of credentials speak of: so that there are twenty findings for an agent. */
const TWICE_OF_TEN = 8

/** Puts twenty findings for each agent into the store, and who says so; a quarter of them are resolved. */
export async function addFindings(
  { shelf }: Making,
  { administrator, reporters }: Cast,
  { agents, credentials }: Inventory,
): Promise<number> {
  const keys = [
    ...agents.flatMap(({ id }) => AGENT_RULES.map((rule) => ({ rule, subject: id }))),
    ...credentials.flatMap((subject, number) =>
      CREDENTIAL_RULES.slice(0, number % 10 < TWICE_OF_TEN ? 2 : 1).map((rule) => ({ rule, subject })),
    ),
  ]
  for (const numbers of portions(keys.length)) {
    const findings = numbers.map((number): Finding => {
      const clock = clockAt(number / keys.length)
      const { rule, subject } = pick(keys, number)
      return {
        id: newId("finding", clock),
        rule,
        subject,
        severity: pick(SEVERITIES, number * 7 + Math.floor(number / 11)),
        message: `What the rule ${rule} says of it`,
        evidence: [{ path: `/home/person-${number}/.env.json`, line: 4, what: "seen here" }],
        standing: standingOf(number, administrator.id),
        openedAt: clock.now(),
        lastSeenAt: clockAt(0.99).now(),
        reopened: 0,
      }
    })
    await shelf.transact(async (tx) => {
      await tx.findings.say(
        findings.map(({ rule, subject, severity, message, evidence }, place) => ({
          source: pick(reporters, place).id,
          rule,
          subject,
          severity,
          message,
          evidence,
        })),
      )
      await tx.findings.insert(findings)
    })
  }
  return keys.length
}

function standingOf(number: number, by: Cast["administrator"]["id"]): FindingStanding {
  const at = clockAt(0.98).now()
  if (number % 4 === 1) return { kind: "resolved", at }
  if (number % 20 !== 2) return { kind: "open" }
  return { kind: "accepted", by, at, reason: "it is replaced in spring", until: clockAt(5).now() }
}
