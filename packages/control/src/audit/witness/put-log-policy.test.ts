import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { sha256 } from "@tabard/log/node"
import { openControlWorld } from "../../testing/control-world.ts"
import { ownWitness } from "../testing/own-witness.ts"
import { putLogPolicy } from "./put-log-policy.ts"

describe("settling who witnesses the log", () => {
  it("is an administrator's to do, and is recorded with what held before", async () => {
    await using world = await openControlWorld()
    const deps = { ...world, sha256, requireTarget: () => undefined }
    const [ann, sid] = [await world.person("administrator"), await world.person("security")]
    await assert.rejects(putLogPolicy(deps, sid, "quorum none\n"), { code: "not_allowed" })
    await putLogPolicy(deps, ann, "quorum none\n")
    await putLogPolicy(deps, ann, "# later\nquorum none\n")
    const told = await world.events("log-policy.changed")
    assert.deepEqual(
      told.map(({ data }) => data),
      [
        { policy: "quorum none\n", before: null },
        { policy: "# later\nquorum none\n", before: "quorum none\n" },
      ],
    )
    assert.deepEqual(await world.snapshot(({ logPolicy }) => logPolicy.find()), {
      text: "# later\nquorum none\n",
      putBy: ann.id,
      putAt: world.clock.now(),
    })
  })

  it("refuses what is no policy, or not one to ask by, and says what to do", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const { line } = ownWitness("anna", world.clock)
    const key = line.split(" ")[2] ?? ""
    const requireTarget = (url: string): void => {
      if (url.includes("closed"))
        throw new Problem("body_invalid", "it leads into a network that is not open")
    }
    const many = Array.from({ length: 17 }, (_, at) => ownWitness("x".repeat(at + 3), world.clock).line)
    for (const [text, why] of [
      ["", /quorum line/],
      ["quorum nobody\n", /line 1/],
      [`${line}\nquorum berta\n`, /line 2/],
      [`log ${key.replace("+", "+")}\nquorum none\n`, /line 1/],
      [`witness anna ${key}\nquorum anna\n`, /anna has no address/],
      [`${line.replace("https://anna", "https://closed")}\nquorum anna\n`, /not open/],
      [`#${"x".repeat(10_000)}\nquorum none\n`, /10000 bytes/],
      [`${many.join("\n")}\nquorum none\n`, /at most 16 witnesses/],
    ] as const) {
      await assert.rejects(putLogPolicy({ ...world, sha256, requireTarget }, ann, text), (error: unknown) => {
        assert.ok(error instanceof Problem, String(error))
        assert.equal(error.code, "body_invalid")
        assert.match(error.message, why)
        return true
      })
    }
    assert.equal(await world.snapshot(({ logPolicy }) => logPolicy.find()), undefined)
    assert.deepEqual(await world.events("log-policy.changed"), [])
  })
})
