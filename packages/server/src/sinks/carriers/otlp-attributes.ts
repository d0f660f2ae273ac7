import type { CarriedItem } from "@tabard/control"
import { eventIn, objectIn, textIn } from "./event-in.ts"

/** Attributes by their names. */
export type Attributes = Readonly<Record<string, string | number>>

/**
 * Answers what OpenTelemetry has names for (semantic conventions of generative AI and of MCP, in development there): of items
 * whose content holds the event, which our own and ECS do.
 */
export function genAiAttributes({ type, body }: CarriedItem): Attributes {
  const event = eventIn(body)
  const isCall = type.startsWith("call.")
  const [server, tool] = toolOf(textIn(event["action"]))
  return present({
    "gen_ai.agent.id": textIn(event["agent"]),
    "gen_ai.operation.name": isCall ? "execute_tool" : undefined,
    "gen_ai.tool.name": isCall ? tool : undefined,
    "gen_ai.tool.call.id": isCall ? textIn(event["call"]) : undefined,
    "mcp.method.name": isCall ? "tools/call" : undefined,
    "tabard.server": isCall ? server : undefined,
    "tabard.task": textIn(event["task"]),
    "tabard.decision.effect": textIn(objectIn(event["decision"])["effect"]),
    "tabard.outcome": textIn(event["outcome"]),
  })
}

/** Answers the trace that an event belongs to, where it tells of one. */
export function traceOf({ body }: CarriedItem): { readonly traceId?: string; readonly spanId?: string } {
  const { traceId, spanId } = objectIn(eventIn(body)["trace"])
  return {
    ...(typeof traceId === "string" && /^[0-9a-f]{32}$/.test(traceId) && { traceId }),
    ...(typeof spanId === "string" && /^[0-9a-f]{16}$/.test(spanId) && { spanId }),
  }
}

/** An action on a tool is named by its server and the tool. */
function toolOf(action: string | undefined): readonly [string | undefined, string | undefined] {
  const at = action?.indexOf("/") ?? -1
  return action === undefined || at < 0 ? [undefined, action] : [action.slice(0, at), action.slice(at + 1)]
}

function present(named: Readonly<Record<string, string | undefined>>): Attributes {
  const entries = Object.entries(named)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
