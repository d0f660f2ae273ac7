import assert from "node:assert/strict"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import type { DecisionView } from "@tabard/api"
import { boundFetch } from "@tabard/client"
import { connectAgent } from "../world/agent.ts"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { type GovernedAgent, governAgent, NOTES_MANIFEST } from "../world/governed-agent.ts"
import type { Ended } from "../world/tabard-process.ts"

const WRITE = ["--tool", "notes/write_note", "--args", '{"topic":"a","content":"tidy"}']

const stack = new AsyncDisposableStack()
let world: CommandWorld
let agent: GovernedAgent
let decision: DecisionView

before(async () => {
  world = stack.use(await openCommandWorld())
  const { server } = world.tabard
  agent = await governAgent(server, world.ann.api)
  await world.keepToken("read", ["agents:read"])
  await using hands = await connectAgent(
    server.publicUrl,
    boundFetch(agent.credentials, { task: agent.task.id }),
  )
  await hands.call("read_note", { topic: "a" })
  const [newest] = (await world.ann.api.listDecisions({ agent: agent.id })).items
  decision = newest ?? assert.fail("nothing was decided")
})
after(() => stack.disposeAsync())

describe("tabard explain", () => {
  it("says the answer first, then what each link answered and by which policy, of a decision or a call", async () => {
    for (const id of [decision.id, decision.call]) {
      const { code, stdout, stderr } = await command("explain", id, "--cedar")
      assert.equal(code, 0, stderr)
      assert.match(stdout, /^Helper was permitted to use notes\/read_note\n/)
      for (const link of ["task   permit  tidy the notes", "agent  permit  Helper"])
        assert.ok(stdout.includes(link), stdout)
      assert.match(stdout, new RegExp(`policy +${agent.id}/\\S+ permits`))
      assert.match(stdout, /^ +permit ?\(/m)
      assert.match(stdout, /^record +evt_/m)
    }
    const told = JSON.parse((await command("explain", decision.id, "--json")).stdout)
    assert.deepEqual([told.id, told.answer.effect, told.arguments], [decision.id, "permit", { topic: "a" }])
  })

  it("ends with 1 where there is no such decision, and with 2 where none is named", async () => {
    const none = await command("explain", `dec_${decision.id.slice(4).replaceAll(/\d/g, "0")}`)
    assert.deepEqual([none.code, /there is no decision/.test(none.stderr)], [1, true])
    assert.equal((await command("explain")).code, 2)
  })
})

describe("tabard what-if", () => {
  it("ends with 0, 3 or 4 by what would be decided, and says what would be otherwise", async () => {
    const same = await command("what-if", decision.id, "--args", '{"topic":"a"}')
    assert.equal(same.code, 0, same.stderr)
    assert.match(same.stdout, /It would be permitted all the same/)
    const asks = await command("what-if", decision.id, ...WRITE)
    assert.deepEqual(
      [asks.code, /It would ask instead \(the owner: /.test(asks.stdout)],
      [3, true],
      asks.stdout,
    )
    const agreed = await command("what-if", decision.id, ...WRITE, "--approved", "owner")
    assert.equal(agreed.code, 0, agreed.stdout)
    await writeFile(
      join(world.cwd, "draft.yaml"),
      NOTES_MANIFEST.replace("  - { server: notes, tool: write", "#"),
    )
    const drafted = await command("what-if", decision.id, ...WRITE, "--manifest", "draft.yaml")
    assert.equal(drafted.code, 4, drafted.stderr)
    assert.match(drafted.stdout, /It would be denied instead: the intent does not allow write_note/)
  })

  it("answers of a call that nobody has made, and records nothing of it", async () => {
    const before = await world.ann.api.listDecisions({})
    const { code, stdout } = await command(
      "what-if",
      "--agent",
      agent.id,
      "--task",
      agent.task.id,
      ...WRITE,
      "--json",
    )
    assert.equal(code, 3)
    const told = JSON.parse(stdout)
    assert.deepEqual([told.answer.code, told.before, told.difference], ["approval_needed", null, []])
    assert.deepEqual(await world.ann.api.listDecisions({}), before)
  })

  it("asks a call about which nobody was asked with what it was judged by, and with any fact otherwise", async () => {
    assert.equal((await command("what-if", decision.id)).code, 0)
    const changes = [
      "--tier",
      "read-only",
      "--risk",
      "3",
      "--calls-left",
      "7",
      "--key",
      "tpm",
      "--does",
      "delete",
    ]
    const changed = await command("what-if", decision.id, ...changes)
    assert.deepEqual([changed.code, changed.stderr], [4, ""])
    const file = join(world.cwd, "guard.cedar")
    await writeFile(file, `@say("no") forbid (principal, action, resource);`)
    assert.equal((await command("what-if", decision.id, "--by-hand", file)).code, 1, "of others besides")
    assert.equal((await command("what-if", decision.id, "--guard-rails", file)).code, 4)
    assert.equal((await command("what-if", decision.id, "--tier", "nobody's")).code, 1)
    for (const wrong of [
      ["--risk", "high"],
      ["--set", "x"],
      ["--manifest", "a", "--tiers", "b"],
    ])
      assert.equal((await command("what-if", decision.id, ...wrong)).code, 2, wrong.join(" "))
    assert.equal((await command("what-if", "--agent", agent.id)).code, 2)
  })
})

function command(...args: readonly string[]): Promise<Ended> {
  return world.run([...args, "--server", world.tabard.server.publicUrl, "--token-file", "read"])
}
