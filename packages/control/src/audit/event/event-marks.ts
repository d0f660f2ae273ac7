import { EFFECTS, type Effect, type Id, isId } from "@tabard/core"

/** What an event is found by, besides its type, time, agent, task and call: as its bytes tell it. */
export interface EventMarks {
  /** Whoever did it, where it was a person. */
  readonly actor: Id<"user"> | null
  /** Who answered for the agent then. */
  readonly owner: Id<"user"> | null
  /** Whom it was done for. */
  readonly served: Id<"user"> | null
  /** Whom else it is about. */
  readonly named: Id<"user"> | null
  /** The tool, with its server before the slash. */
  readonly tool: string | null
  readonly server: string | null
  readonly effect: Effect | null
}

/** Far more than a server's name and a tool's; an index of PostgreSQL holds no more than 2,704 bytes. */
const MOST_CHARACTERS = 300

/** Answers what an event is found by; bytes that are no event are found by nothing. */
export function marksOf(bytes: Uint8Array): EventMarks {
  const body = jsonIn(bytes)
  const tool = nameIn(member(body, "action"))
  const data = member(body, "data")
  return {
    actor: userIn(member(member(body, "actor"), "id")),
    owner: userIn(member(body, "owner")),
    served: userIn(member(body, "onBehalfOf")),
    named: userIn(member(data, "user")) ?? userIn(member(data, "to")),
    tool,
    server: tool?.includes("/") ? tool.slice(0, tool.indexOf("/")) : null,
    effect: EFFECTS.find((effect) => effect === member(member(body, "decision"), "effect")) ?? null,
  }
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined
}

function userIn(id: unknown): Id<"user"> | null {
  return isId("user", id) ? id : null
}

/** No column of PostgreSQL holds a NUL, nor half a character. */
function nameIn(text: unknown): string | null {
  if (typeof text !== "string" || text === "" || text.includes("\0")) return null
  return text.slice(0, MOST_CHARACTERS).toWellFormed()
}
