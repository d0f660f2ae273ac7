import type { AuditEvent, EventType } from "@tabard/control"
import { type Clock, type Id, newId } from "@tabard/core"
import { recordEvents } from "../../../packages/control/src/audit/event/record-event.ts"
import { type Cast, clockAt, type Making, pick, portions } from "./cast.ts"
import type { Inventory } from "./inventory.ts"

const EVENTS_EACH = 80

const TOOLS = ["notes/read_text_file", "notes/write_file", "mail/send", "payments/list"]

/** What happens to and by agents, as often as it stands here. */
const TYPES: readonly EventType[] = [
  "call.decided",
  "call.finished",
  "call.decided",
  "call.finished",
  "token.issued",
  "finding.opened",
  "agent.discovered",
  "task.opened",
  "session.started",
]

/** Puts eighty events for each agent into the outbox, spread over agents and time; answers the tasks that they name. */
export async function addRecord(
  { shelf, organisation, size }: Making,
  cast: Cast,
  { agents }: Inventory,
): Promise<readonly Id<"task">[]> {
  const count = size.agents * EVENTS_EACH
  const tasks = agents.slice(0, Math.ceil(agents.length / 2)).map(() => newId("task", clockAt(0.5)))
  for (const numbers of portions(count)) {
    const clock = clockAt((numbers[0] ?? 0) / count)
    const events = numbers.map((number) => eventOf(number, cast, { agents, tasks, clock }))
    await shelf.transact(({ outbox }) => recordEvents({ organisation, clock }, outbox, events))
  }
  return tasks
}

function eventOf(number: number, { people }: Cast, { agents, tasks, clock }: Acting): AuditEvent {
  const type = pick(TYPES, number)
  const person = { kind: "user", id: pick(people, number).id } as const
  if (type === "session.started") return { type, actor: person }
  // A number that shares no factor with how many there are: each agent comes by, in no order.
  const agent = pick(agents, number * 7_919).id
  const about = { type, agent, data: { reason: "everyday work of one of many agents", number } }
  if (!type.startsWith("call.")) return { ...about, actor: person }
  return {
    ...about,
    actor: { kind: "agent", id: agent },
    owner: person.id,
    onBehalfOf: pick(people, number + 1).id,
    task: pick(tasks, Math.floor(number / 20)),
    call: newId("call", clock),
    action: pick(TOOLS, Math.floor(number / TYPES.length)),
    resource: "notes",
    ...(type === "call.finished" ? { outcome: "ok" } : { decision: decisionOf(number, clock) }),
  }
}

/** Who and what acts, and when. */
interface Acting extends Pick<Inventory, "agents"> {
  readonly tasks: readonly Id<"task">[]
  readonly clock: Clock
}

/** Of a hundred decisions three are a question and two a refusal. */
function decisionOf(number: number, clock: Clock): NonNullable<AuditEvent["decision"]> {
  const turn = Math.floor(number / 2) % 100
  const effect = turn < 3 ? "ask" : turn < 5 ? "deny" : "permit"
  return { id: newId("decision", clock), effect, code: effect, reasons: [], version: 1 }
}
