import type { JsonObject } from "@tabard/core"
import { present, type ToldEvent } from "../told-event.ts"
import { actorOf } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { type OcsfVersion, OTHER } from "./ocsf-classes.ts"

/** Low: a call that was denied is worth a look, and happens every day. */
const DENIED_SEVERITY = 2

/** Answers a call of a tool, decided or finished, as API Activity [6003]: "Invoke", which the class has no number for. */
export function callActivity(told: ToldEvent, version: OcsfVersion): ClassContent {
  const { instance, agent, actor, decision, trace } = told
  const members = present({
    activity_name: "Invoke",
    actor: actorOf(told, version),
    api: apiOf(told),
    // Where the agent runs is known by its enrolled key, not by an address.
    src_endpoint: present({ uid: instance ?? agent ?? actor.id, name: "agent instance" }),
    resources: resourcesOf(told),
    trace: trace === undefined ? undefined : { uid: trace },
    ...judged(told),
  })
  const denied = decision?.effect === "deny"
  return { classUid: 6003, activity: OTHER, members, ...(denied && { severity: DENIED_SEVERITY }) }
}

/** The protocol's operation; which tool it was stands among the resources. */
function apiOf({ id, call, action, outcome }: ToldEvent): JsonObject {
  const [server] = partsOf(action)
  return present({
    operation: "tools/call",
    service: server === undefined ? undefined : { name: server },
    request: { uid: call ?? id },
    response: outcome === undefined ? undefined : { message: outcome },
  })
}

function resourcesOf({ action, resource }: ToldEvent): JsonObject[] {
  const [server, tool] = partsOf(action)
  return [
    ...(resource === undefined ? [] : [present({ uid: resource, name: server, type: "MCP Server" })]),
    ...(tool === undefined ? [] : [{ name: tool, type: "Tool" }]),
  ]
}

/** The action of an event reads `server/tool`. */
function partsOf(action = ""): readonly (string | undefined)[] {
  const [server, ...tool] = action.split("/")
  return [server, tool.join("/")].map((part) => part || undefined)
}

/** What the profile Security Control says: what was decided, and by which version of the policies. */
function judged({ decision }: ToldEvent): JsonObject {
  if (!decision) return {}
  const { effect, reasons, version } = decision
  const policy = present({
    name: "Tabard policies",
    uid: reasons[0],
    version: version === undefined ? undefined : String(version),
    is_applied: true,
  })
  return { ...VERDICTS[effect ?? ""], policy }
}

const VERDICTS: Readonly<Record<string, JsonObject>> = {
  permit: { action_id: 1, action: "Allowed", disposition_id: 1, disposition: "Allowed" },
  deny: { action_id: 2, action: "Denied", disposition_id: 2, disposition: "Blocked" },
  // It waits for a person's word.
  ask: { action_id: OTHER, action: "Asked", disposition_id: 14, disposition: "Delayed" },
}
