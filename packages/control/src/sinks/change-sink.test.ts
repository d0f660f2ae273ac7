import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { JsonObject, SinkKind } from "@tabard/core"
import { openControlWorld } from "../testing/control-world.ts"
import { changeSink, makeSink, type SinkRevision } from "./keep-sinks.ts"
import type { SinkDeps } from "./sink-acts.ts"

const SECRETS = { token: "3e6b1c1e-5f7a-4f6e-9a37-0d6f5a7f2b11" }

describe("a sink that is changed", () => {
  for (const [what, kind, before, after] of [
    ["another collector", "splunk", { url: "https://a.example" }, { url: "https://b.example" }],
    ["another authority", "splunk", { url: "https://a.example" }, { url: "https://a.example", ca: "PEM" }],
    ["no authority", "otlp", { url: "https://a.example", ca: "PEM" }, { url: "https://a.example" }],
    ["another cluster", "elasticsearch", { url: "https://a.example" }, { url: "https://b.example" }],
    [
      "another login",
      "sentinel",
      { dce: "https://a.example", loginUrl: "https://login.example" },
      { dce: "https://a.example", loginUrl: "https://b.example" },
    ],
  ] as const)
    it(`hands its kept secret to nobody new: ${what} of ${kind}`, async () => {
      await using world = await openControlWorld()
      const { change, sealed } = await sinkOf(world, kind, before)
      const kept = await sealed()
      await assert.rejects(change({ settings: after, secrets: null }), {
        code: "body_invalid",
        message: /give them once more/,
      })
      assert.deepEqual(await sealed(), kept)
      await change({ settings: after, secrets: { token: "another" } })
      assert.notDeepEqual(await sealed(), kept)
    })

  it("keeps its secret where it goes on to the same receiver", async () => {
    await using world = await openControlWorld()
    const { change, sealed } = await sinkOf(world, "splunk", { url: "https://a.example", index: "main" })
    const kept = await sealed()
    await change({ settings: { url: "https://a.example", index: "audit" }, secrets: null })
    assert.deepEqual(await sealed(), kept)
  })
})

type World = Awaited<ReturnType<typeof openControlWorld>>

async function sinkOf(
  world: World,
  kind: SinkKind,
  settings: JsonObject,
): Promise<{
  change: (to: Pick<SinkRevision, "settings" | "secrets">) => ReturnType<typeof changeSink>
  sealed: () => Promise<Uint8Array | undefined>
}> {
  const by = await world.person("administrator")
  const box: SinkDeps["box"] = {
    seal: (sink, secrets) => new TextEncoder().encode(`${sink} ${JSON.stringify(secrets)}`),
    open: () => ({}),
  }
  const deps = { ...world, box }
  const rest = { kind, name: "SIEM", content: "own", choice: { kind: "all" }, checkpoints: true } as const
  const wish = { ...rest, settings, secrets: SECRETS, from: "now" } as const
  const { sink } = await makeSink(deps, by, wish)
  return {
    change: (to) => changeSink(deps, by, sink.id, { ...rest, ...to }),
    sealed: async () => (await world.snapshot(({ sinks }) => sinks.find(sink.id)))?.sealed,
  }
}
