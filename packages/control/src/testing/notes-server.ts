import { type Id, type JsonObject, newId, type ToolVersion, type Upstream, type User } from "@tabard/core"
import { definitionDigest } from "@tabard/intent"
import type { ControlWorld } from "./control-world.ts"

const TEXT = { type: "string" }

/** What the tests' server offers, as it would list it. */
export const NOTES_TOOLS: readonly JsonObject[] = [
  tool("read_note", { path: TEXT }),
  tool("write_note", { path: TEXT, content: TEXT }),
  tool("delete_note", { path: TEXT }),
  tool("pay", { to: TEXT, amount: { type: "number" } }),
]

/** Puts a server called `notes` behind the gateway, with its tools as they are. */
export async function notesServer(
  { transact, clock }: Pick<ControlWorld, "transact" | "clock">,
  by: Pick<User, "id">,
  name = "notes",
): Promise<Upstream> {
  const server: Upstream = {
    id: newId("server", clock),
    name,
    launch: { transport: "http", url: "https://notes.acme.example/mcp" },
    registeredBy: by.id,
    registeredAt: clock.now(),
  }
  await transact(async ({ servers, organisation }) => {
    await servers.insert(server)
    for (const definition of NOTES_TOOLS) await servers.pin(versionOf(server.id, definition, clock.now()))
    await organisation.bumpVersion()
  })
  return server
}

/** A tool's definition, pinned. */
export function versionOf(server: Id<"server">, definition: JsonObject, at: Date): ToolVersion {
  const { name } = definition
  if (typeof name !== "string") throw new Error("a tool has a name")
  const [effects, roles] = KNOWN[name] ?? [["read"], {}]
  return {
    id: newId("toolVersion", { now: () => at }),
    server,
    name,
    digest: definitionDigest(definition),
    definition,
    effects,
    roles,
    pinnedAt: at,
  }
}

const KNOWN: Readonly<Record<string, readonly [ToolVersion["effects"], ToolVersion["roles"]]>> = {
  read_note: [["read"], { path: ["target", "path"] }],
  write_note: [["write"], { path: ["target", "path"], content: ["content"] }],
  delete_note: [["delete"], { path: ["target", "path"] }],
  pay: [["financial"], { to: ["target"], amount: ["amount"] }],
}

function tool(name: string, properties: JsonObject): JsonObject {
  const required = Object.keys(properties)
  return { name, description: `${name}.`, inputSchema: { type: "object", properties, required } }
}
