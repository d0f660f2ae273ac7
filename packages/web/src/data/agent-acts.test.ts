import type { AgentDetail } from "@tabard/api"
import { QueryClient, QueryObserver } from "@tanstack/react-query"
import { describe, expect, it, onTestFinished } from "vitest"
import { takeAnswer } from "./agent-acts.ts"
import { keys } from "./keys.ts"

describe("the answer to an act on an agent", () => {
  it("has what belongs to the agent besides read again, also where no change is heard", async () => {
    const cache = openCache()
    const answers = ["as it would end", "as it ends"]
    const shown = show(cache, keys.retirement("agt_1"), async () => answers.shift())
    await expect.poll(shown).toBe("as it would end")
    await takeAnswer(cache, agent("retiring"))
    expect(shown()).toBe("as it ends")
  })

  it("is not overtaken by one that was asked for before the act", async () => {
    const cache = openCache()
    const late = Promise.withResolvers<ReturnType<typeof agent>>()
    const answers = [agent("active"), late.promise]
    const shown = show(cache, keys.agent("agt_1"), async () => answers.shift() ?? agent("retiring"))
    await expect.poll(shown).toMatchObject({ state: "active" })
    void cache.refetchQueries({ queryKey: keys.agent("agt_1") })
    await takeAnswer(cache, agent("retiring"))
    late.resolve(agent("active"))
    await expect.poll(() => cache.isFetching()).toBe(0)
    expect(shown()).toMatchObject({ state: "retiring" })
  })
})

/** A cache of a page that hears of changes: what was read once is fresh. */
function openCache(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
}

/** Shows an answer on a page, and tells what is shown. */
function show<Answer>(cache: QueryClient, queryKey: readonly unknown[], queryFn: () => Promise<Answer>) {
  onTestFinished(new QueryObserver(cache, { queryKey, queryFn }).subscribe(() => undefined))
  return () => cache.getQueryData<Answer>(queryKey)
}

function agent(state: AgentDetail["state"]): Pick<AgentDetail, "id" | "state"> {
  return { id: "agt_1", state }
}
