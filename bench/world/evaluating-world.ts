import { evaluateCall, KnownInputs, PolicyKeeper } from "@tabard/control"
import { pinnedTool } from "../../packages/control/src/decisions/policies-in-force.ts"
import { openCallWorld } from "../../packages/control/src/decisions/testing/call-world.ts"
import { addOtherAgents } from "./other-agents.ts"

/** One agent among others, with manifests, in a store; and the same evaluation again and again. */
export interface EvaluatingWorld extends AsyncDisposable {
  /** Evaluates by what was read less than half a second ago. */
  known(): Promise<void>
  /** Evaluates by reading everything. */
  read(): Promise<void>
}

/** Opens a store with so many other agents in it. */
export async function evaluatingWorld(others: number): Promise<EvaluatingWorld> {
  await using opening = new AsyncDisposableStack()
  const world = opening.use(await openCallWorld())
  const { caller, server, point } = world
  const tools = (await world.snapshot(({ servers }) => servers.pinned(server.id))).map(pinnedTool)
  await addOtherAgents({
    shelf: world,
    count: others,
    manifests: { folder: "/notes", server: server.id, tools, tool: "read_note" },
  })
  const known = new KnownInputs()
  const deps = { ...world, policies: new PolicyKeeper(), known }
  const call = {
    who: { token: caller },
    server: server.id,
    point,
    tool: "read_note",
    arguments: { path: "/notes/a.md" },
  }
  const evaluate = async (): Promise<void> => {
    const { effect, missing } = await evaluateCall(deps, call)
    if (effect !== "permit") throw new Error(`evaluated ${effect}: ${missing}`)
  }
  const kept = opening.move()
  return {
    known: evaluate,
    read: () => {
      known.forget()
      return evaluate()
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
