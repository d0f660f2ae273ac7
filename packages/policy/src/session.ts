import { EvaluationError } from "./cedar/evaluation-error.ts"
import { Datetime } from "./cedar/extensions/datetime.ts"
import { CedarDecimal } from "./cedar/extensions/decimal.ts"
import { type IpAddress, parseIp } from "./cedar/extensions/ip-address.ts"
import { CedarRecord, CedarSet, type CedarValue } from "./cedar/values.ts"
import { uid } from "./cedar.ts"
import { FactMalformed, textOf, wholeNumberOf } from "./fact-malformed.ts"
import { lowerDecimal } from "./number.ts"
import type { Question, SessionFacts } from "./question.ts"
import { READ_LABELS } from "./what-was-read.ts"

/** The times that Cedar can spell: its years have four digits. */
const EARLIEST = Date.parse("0000-01-01T00:00:00.000Z")
const LATEST = Date.parse("9999-12-31T23:59:59.999Z")

const NOTHING_SPENT_LEFT = new CedarDecimal(0)

/**
 * Answers the session as policies see it. What is not known takes its worst value, and no set of origins is empty.
 *
 * @throws {FactMalformed}
 */
export function sessionRecord(
  { session, links }: Pick<Question, "session" | "links">,
  tool: { readonly pinned: boolean; readonly lowered: boolean },
): CedarRecord {
  const members: [string, CedarValue][] = [
    ["now", timeOf(session.now)],
    ["door", textOf(session.door)],
    ["env", textOf(session.env)],
    ["bound", textOf(session.bound)],
    ["posture", textsOf(session.posture)],
    ["depth", links.agents.length],
    [
      "tool",
      CedarRecord.of([
        ["pinned", tool.pinned],
        ["lowered", tool.lowered],
      ]),
    ],
    ["prov", provenanceOf(session)],
    ["read", textsOf(session.read ?? READ_LABELS)],
    ["left", leftOf(session)],
    ["approved", textsOf(session.approved)],
  ]
  if (session.ip !== undefined) members.push(["ip", addressOf(session.ip)])
  if (links.task) members.push(["task", uid("Task", links.task.id)])
  if (links.user) members.push(["onBehalfOf", uid("User", links.user.id)])
  return CedarRecord.of(members)
}

function timeOf(now: Date): Datetime {
  const ms = now.getTime()
  if (!(ms >= EARLIEST && ms <= LATEST)) throw new FactMalformed("the time is none that Cedar can spell")
  return new Datetime(ms)
}

function addressOf(text: string): IpAddress {
  try {
    return parseIp(textOf(text))
  } catch (error) {
    if (error instanceof EvaluationError) throw new FactMalformed(error.message, { cause: error })
    throw error
  }
}

function provenanceOf(session: SessionFacts): CedarRecord {
  return CedarRecord.of([
    ["target", originsOf(session, "target")],
    ["amount", originsOf(session, "amount")],
    ["content", originsOf(session, "content")],
    ["code", originsOf(session, "code")],
  ])
}

/** `[…].containsAll([])` is true: an empty set would pass every test of where a value came from. */
function originsOf({ prov }: SessionFacts, of: keyof NonNullable<SessionFacts["prov"]>): CedarSet {
  const known = prov?.[of] ?? []
  return known.length > 0 ? textsOf(known) : UNKNOWN_ORIGIN
}

const UNKNOWN_ORIGIN = new CedarSet(["unknown"])

function leftOf({ left }: SessionFacts): CedarRecord {
  return CedarRecord.of([
    ["calls", wholeNumberOf(left.calls)],
    ["spend", lowerDecimal(left.spend) ?? NOTHING_SPENT_LEFT],
  ])
}

function textsOf(texts: readonly string[] = []): CedarSet {
  return texts.length === 0 ? NO_TEXTS : new CedarSet(texts.map(textOf))
}

const NO_TEXTS = new CedarSet([])
