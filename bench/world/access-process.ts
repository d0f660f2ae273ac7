// A decision point of its own process: an application, an agent, and points that ask about them.
import { makeAccessWorld } from "../../test/world/access-world.ts"
import { serveUntilLetGo } from "./child.ts"

/** What the parent is told. */
export interface AccessReady {
  readonly publicUrl: string
  /** Tokens of points: of the application, of the application with each answer recorded, of the agent. */
  readonly library: string
  readonly recorded: string
  readonly agents: string
  readonly agent: string
  readonly task: string
}

await using world = await makeAccessWorld()
const recorded = await world.register({
  name: "recorded",
  kind: "forward-auth",
  applications: ["library"],
  recorded: true,
})
await serveUntilLetGo({
  publicUrl: world.tabard.server.publicUrl,
  library: world.tokens.library,
  recorded,
  agents: world.tokens.agents,
  agent: world.agent.id,
  task: world.agent.task.id,
} satisfies AccessReady)
