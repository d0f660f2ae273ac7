import { ManualClock, newId } from "@tabard/core"
import { openPostgres, StoreProblem } from "@tabard/store"
import { RecordWatch } from "../../audit/log/record-watch.ts"
import { enforceCall } from "../../decisions/enforce-call.ts"
import { PolicyKeeper } from "../../decisions/policies-in-force.ts"
import type { CallingReplica } from "./calling-replica.ts"

// A replica of its own that decides so many calls at once, says `ready` before and what it decided of each after.
const [given = ""] = process.argv.slice(2)
const { url, now, calls, organisation, caller, server, point, attempt }: CallingReplica = JSON.parse(given)
const clock = new ManualClock(now)
await using store = await openPostgres({ url, clock })
const { transact, snapshot } = store.shelf(organisation.id)
const record = new RecordWatch({ snapshot, clock, patienceMs: Number.POSITIVE_INFINITY, required: "all" })
const deps = { organisation, clock, transact, policies: new PolicyKeeper(), point, record }

process.stdout.write("ready\n")
await new Promise((resolve) => process.stdin.once("data", resolve))
await Promise.all(Array.from({ length: calls }, decideOne))
process.stdin.destroy()

async function decideOne(): Promise<void> {
  const handled = { handle: null, resolvedPaths: new Map<string, string>() }
  const wanted = { ...attempt, ...handled, call: newId("call", clock), caller, server }
  const decided = await answered(() => enforceCall(deps, wanted))
  process.stdout.write(`${decided.effect} ${decided.effect === "deny" ? decided.code : ""}\n`)
}

/** What the store could not put in order with others is asked again, as the same call. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StoreProblem && error.code === "lost")) throw error
    }
  }
}
