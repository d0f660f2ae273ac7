import assert from "node:assert/strict"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { type GovernedAgent, governAgent, NOTES_MANIFEST } from "../world/governed-agent.ts"
import type { Ended } from "../world/tabard-process.ts"

const NARROW = NOTES_MANIFEST.replace(/\n.*write_note.*\n/, "\n")

const stack = new AsyncDisposableStack()
let world: CommandWorld
let agent: GovernedAgent

before(async () => {
  world = stack.use(await openCommandWorld())
  agent = await governAgent(world.tabard.server, world.ann.api)
  await world.ann.api.putManifest({ id: agent.id, manifest: manifestOf(NOTES_MANIFEST) })
  await world.keepToken("pipeline", ["planManifests", "manifests:apply"])
  await world.keepToken("reader", ["agents:read"])
  await world.keepToken("inventory", ["inventory:read"])
})
after(() => stack.disposeAsync())

describe("a pipeline that applies what was planned", () => {
  it("is told in words and by the exit code what would change, and nothing of it is kept", async () => {
    await keep("agents/helper.tabard.yaml", NOTES_MANIFEST)
    const same = await command("plan", "agents")
    assert.deepEqual([same.code, /Nothing would change/.test(same.stdout)], [0, true], same.stderr)
    await keep("agents/helper.tabard.yaml", NARROW)
    const { code, stdout, stderr } = await command("plan", "agents")
    assert.equal(code, 2, stderr)
    assert.match(stdout, /^Helper \(agt_.*\): another manifest in place of version 2$/m)
    assert.match(stdout, /^ {2}- .*write_note/m)
    assert.match(stdout, /^ {2}notes\/write_note: a person is asked, then not permitted/m)
    assert.match(stdout, /^ {2}risk /m)
    assert.match(stdout, /^ {2}concerns its owner Ann$/m)
    assert.match(stdout, /^ {2}concerns open tasks: 1, for Ann$/m)
    assert.match(stdout, /^ {2}concerns installs that may act now: 1$/m)
    assert.equal(await version(), 2)
  })

  it("puts in force exactly that, once; and refuses once anything is otherwise", async () => {
    await keep("plan.json", (await command("plan", "agents", "--json")).stdout)
    await keep("agents/helper.tabard.yaml", NARROW.replace("Tidy", "Keep"))
    const other = await command("apply", "agents", "--plan", "plan.json")
    assert.deepEqual([other.code, /not the plan that was seen/.test(other.stderr)], [1, true])
    await keep("agents/helper.tabard.yaml", NARROW)
    const applied = await command("apply", "agents", "--plan", "plan.json")
    assert.deepEqual([applied.code, applied.stdout], [0, "1 change is in force, as planned.\n"])
    const again = await command("apply", "agents", "--plan", "plan.json")
    assert.deepEqual([again.code, again.stdout], [0, "Nothing had to change: this is in force.\n"])
    assert.equal(await version(), 3)
    await world.ann.api.putManifest({ id: agent.id, manifest: manifestOf(NOTES_MANIFEST) })
    assert.equal((await command("apply", "agents", "--plan", "plan.json")).code, 1)
    assert.equal(await version(), 4)
  })

  it("locks and checks by the tools that the server tells, spelt as they were reviewed", async () => {
    const exported = await command("tools", "export", "--token-file", "inventory")
    assert.equal(exported.code, 0, exported.stderr)
    await mkdir(join(world.cwd, "locked"))
    await keep("locked/tabard.tools.json", exported.stdout)
    await keep("locked/tabard.yaml", NOTES_MANIFEST)
    const tools = ["--tools", "locked/tabard.tools.json"]
    const unknown = await world.run(["lock", "locked"])
    assert.deepEqual([unknown.code, /tabard tools export/.test(unknown.stderr)], [1, true])
    const locked = await world.run(["lock", "locked", ...tools])
    assert.equal(locked.code, 0, locked.stderr)
    const checked = await world.run(["check", "locked", ...tools])
    assert.doesNotMatch(checked.stdout, /tool-not-defined|lock-drift/)
    await rm(join(world.cwd, "locked"), { recursive: true })
  })

  it("takes what is written by hand beside a manifest along, and tells once its file is gone", async () => {
    const forbid = `forbid (principal == Tabard::Agent::"${agent.id}", action, resource);`
    await keep("agents/helper.tabard.yaml", NOTES_MANIFEST)
    await keep("agents/helper.tabard.cedar", forbid, { named: false })
    const planned = await command("plan", "agents")
    assert.equal(planned.code, 2, planned.stderr)
    assert.match(planned.stdout, /^ {2}by hand: new$/m)
    assert.match(planned.stdout, /^ {2}- agt_.*\/hand\/1 forbids: forbid \(/m)
    await keep("plan.json", (await command("plan", "agents", "--json")).stdout)
    assert.equal((await command("apply", "agents", "--plan", "plan.json")).code, 0)
    await keep("agents/helper.tabard.cedar", `// kept\n${forbid}`, { named: false })
    assert.match(
      (await command("plan", "agents")).stdout,
      /^ {2}by hand: the same as version 1 in other words$/m,
    )
    await rm(join(world.cwd, "agents/helper.tabard.cedar"))
    const unfiled = await command("plan", "agents")
    assert.deepEqual([unfiled.code, /in force as version 1, lies in no file/.test(unfiled.stdout)], [2, true])
    await keep("plan.json", (await command("plan", "agents", "--prune", "--json")).stdout)
    assert.equal((await command("apply", "agents", "--plan", "plan.json")).code, 0)
    assert.equal((await command("plan", "agents")).code, 2)
    assert.equal((await command("apply", "agents", "--prune", "--plan", "plan.json")).code, 0)
    assert.equal((await command("plan", "agents")).code, 0)
    await keep("agents/helper.tabard.yaml", NARROW)
  })

  it("is refused to a token that was not made for it, and to one that the agent holds", async () => {
    const { digest } = JSON.parse((await command("plan", "agents", "--json")).stdout)
    const reading = await command("apply", "agents", "--digest", digest, "--token-file", "reader")
    assert.deepEqual([reading.code, /scope/.test(reading.stderr)], [1, true], reading.stderr)
    const { token } = await world.ann.api.makeApiToken({
      purpose: "The agent's own pipeline",
      role: "administrator",
      scopes: ["planManifests", "manifests:apply"],
      days: 1,
      heldBy: [agent.id],
    })
    await keep("own", token)
    const own = await command("apply", "agents", "--digest", digest, "--token-file", "own")
    assert.deepEqual([own.code, /nobody governs themselves/.test(own.stderr)], [1, true], own.stderr)
    assert.equal(await version(), 4)
  })

  it("ends with 1 for wrong arguments, which are no change, and with 3 where there is nothing to plan", async () => {
    assert.equal((await command("plan", "--digest", "x")).code, 1)
    assert.equal((await command("plan", "none")).code, 3)
    await mkdir(join(world.cwd, "empty"))
    assert.equal((await command("plan", "empty")).code, 3)
    await keep("nobody.tabard.yaml", NOTES_MANIFEST, { named: false })
    const nobody = await command("plan", "nobody.tabard.yaml")
    assert.deepEqual([nobody.code, /does not say whose it is/.test(nobody.stderr)], [1, true])
    const named = await command("plan", "nobody.tabard.yaml", "--agent", agent.id)
    assert.deepEqual([named.code, /It means the same as before/.test(named.stdout)], [2, true])
    assert.equal((await command("apply", "agents")).code, 2)
    assert.equal((await command("apply", "agents", "--plan", "nobody.tabard.yaml")).code, 2)
  })
})

describe("a pipeline that applies what rules every agent", () => {
  const GUARD = `@id("quiet") @say("nothing is written") forbid (principal, action in Tabard::Action::"effect:write", resource);`

  it("plans and applies guard-rails and sets with the manifests, by a scope of its own, and tells what lies in no file", async () => {
    await world.keepToken("rules", ["planPolicies", "policies:apply"])
    const asRules = (verb: string, ...rest: string[]): Promise<Ended> =>
      command(verb, "agents", ...rest, "--token-file", "rules")
    await keep("agents/helper.tabard.yaml", NOTES_MANIFEST)
    await keep("guard.cedar", GUARD)
    await keep(
      "tabard.organisation.yaml",
      "version: 1\nguardRails: [guard.cedar]\nsets: { payees: [DE01] }\n",
    )
    const checked = await world.run(["check", "agents", "--fail-on", "critical"])
    assert.equal(checked.code, 0, checked.stdout)
    const planned = await asRules("plan")
    assert.equal(planned.code, 2, planned.stderr)
    assert.match(planned.stdout, /^Guard-rails: new$/m)
    assert.match(planned.stdout, /^ {2}- own\/quiet forbids \(nothing is written\): forbid \(/m)
    assert.match(planned.stdout, /^ {2}notes\/write_note: a person is asked, then denied \(.*own\/quiet/m)
    await keep("plan.json", (await asRules("plan", "--json")).stdout)
    const manifestsOnly = await command("apply", "agents", "--plan", "plan.json")
    assert.deepEqual([manifestsOnly.code, /scope/.test(manifestsOnly.stderr)], [1, true])
    const applied = await asRules("apply", "--plan", "plan.json")
    assert.equal(applied.code, 0, applied.stderr)
    const alone = await command("plan", "agents", "--manifests-only")
    assert.equal(alone.code, 0, alone.stdout)
    await keep("tabard.organisation.yaml", "version: 1\nsets: { payees: [DE01] }\n")
    const unfiled = await asRules("plan")
    assert.deepEqual(
      [unfiled.code, /^Guard-rails: in force .* lies in no file/m.test(unfiled.stdout)],
      [2, true],
    )
    await keep("plan.json", (await asRules("plan", "--prune", "--json")).stdout)
    assert.equal((await asRules("apply", "--prune", "--plan", "plan.json")).code, 0)
    assert.equal((await asRules("plan")).code, 0)
    await keep("tabard.organisation.yaml", "version: 1\nguardrails: []\n")
    assert.equal((await asRules("plan")).code, 1)
    assert.equal((await world.run(["check", "agents", "--fail-on", "critical"])).code, 1)
    await rm(join(world.cwd, "tabard.organisation.yaml"))
  })
})

describe("what a server knows of policies", () => {
  it("is told at the command line: documents, their versions and what differs, what covers whom", async () => {
    const policies = (...args: readonly string[]): Promise<Ended> =>
      command("policies", ...args, "--token-file", "reader")
    assert.match((await policies("list")).stdout, /^set payees {2}version 1 {2}/m)
    assert.equal((await policies("show", "set", "payees")).stdout, "DE01\n")
    const unwritten = await policies("show", "tier")
    assert.deepEqual([unwritten.code, unwritten.stdout], [0, ""])
    assert.match(unwritten.stderr, /^Nothing is written there; what ships holds all the same\.$/m)
    assert.match((await policies("history", "guard")).stdout, /^version 2 {2}.*\nversion 1 {2}/)
    const diff = await policies("diff", "guard", "--from", "1", "--to", "2")
    assert.match(diff.stdout, /^- @id\("quiet"\)/m)
    assert.match((await policies("show", "manifest", agent.id)).stdout, /read_note/)
    assert.match((await policies("coverage", "--state", "active")).stdout, / {2}permit srv_.*\/read_note/)
    assert.match((await policies("gaps")).stdout, /^Active agents without a manifest: none$/m)
    for (const [args, code] of [
      [["diff", "guard"], 2],
      [["show"], 2],
      [["show", "guard", "--version", "x"], 2],
      [["list", "guard"], 2],
      [["show", "hand", "agt_none"], 1],
    ] as const)
      assert.equal((await policies(...args)).code, code, args.join(" "))
  })

  it("tells a check whom it lets act for the agents there", async () => {
    const other = await governAgent(world.tabard.server, world.ann.api)
    await world.ann.api.allowDelegation({ id: agent.id, to: other.id })
    await world.keepToken("checking", ["agents:read", "people:read"])
    const { stdout, stderr } = await command("check", "agents", "--json", "--token-file", "checking")
    const { findings }: { findings: { rule: string; message: string }[] } = JSON.parse(stdout || stderr)
    const told = findings.filter(({ rule }) => rule === "delegate-unknown").map(({ message }) => message)
    assert.deepEqual(told, [`The server lets ${other.id} act for it, whose manifest is not here.`])
  })
})

describe("cases that a server is asked", () => {
  it("are answered by what is in force there, and do nothing", async () => {
    const earlier = await world.ann.api.listDecisions({})
    const call = (tool: string): string =>
      `call: { server: notes, tool: ${tool}, arguments: { topic: a, content: b } }`
    const when = `when: { task: ${agent.task.id} }`
    await keep(
      "tabard.cases.yaml",
      `version: 1
manifests: [agents]
cases:
  - { name: It reads, call: { server: notes, tool: read_note, arguments: { topic: a } }, ${when}, expect: permit }
  - { name: It asks, who: ${agent.id}, ${call("write_note")}, ${when}, expect: { effect: ask, asks: [owner] } }
  - { name: With a yes it writes, ${call("write_note")}, when: { task: ${agent.task.id}, approved: [owner] }, expect: permit }
  - { name: Without a task it does nothing, ${call("write_note")}, when: { task: false }, expect: deny }
`,
    )
    const passed = await cases()
    assert.deepEqual(
      [passed.code, passed.stdout],
      [0, "4 of 4 answers are as they have to be.\n"],
      passed.stderr,
    )
    await keep(
      "tabard.cases.yaml",
      `version: 1
cases:
  - { name: It writes, who: ${agent.id}, ${call("write_note")}, ${when}, expect: permit }
  - { name: In some task, who: ${agent.id}, ${call("write_note")}, expect: ask }
  - { name: By nobody, who: agt_none, ${call("write_note")}, ${when}, expect: deny }
`,
    )
    const failed = await cases()
    assert.equal(failed.code, 1)
    assert.match(failed.stdout, /the effect is ask and has to be permit/)
    assert.match(failed.stdout, /say in which task it is asked/)
    assert.match(failed.stdout, /^0 of 3 answers/m)
    assert.deepEqual(await world.ann.api.listDecisions({}), earlier)
  })

  it("answers the cases that it keeps itself alike, those of a draft, and those under a draft of what rules everybody", async () => {
    const { api } = world.ann
    const kept = { kind: "cases", subject: "own" } as const
    const when = "when: { task: false }"
    const reads = "call: { server: notes, tool: read_note, arguments: { topic: a } }"
    const source = `version: 1
cases:
  - { name: It has no task, who: ${agent.id}, ${reads}, ${when}, expect: { effect: deny } }
  - { name: It reads, who: ${agent.id}, ${reads}, when: { task: ${agent.task.id} }, expect: permit }
  - { name: It is nobody, who: agt_none, ${reads}, ${when}, expect: deny }
`
    await api.putOwnPolicies({ ...kept, seen: 0, source })
    // Where the log holds an event by now is told with it, and may come later.
    const newest = async () => (await api.listEvents({ limit: 1 })).items.map(({ id }) => id)
    const newestBefore = await newest()
    const told = await api.testPolicies({})
    assert.deepEqual(
      told.cases.map(({ name, line, complaints }) => [name, line, complaints.length]),
      [
        ["It has no task", 3, 0],
        ["It reads", 4, 0],
        ["It is nobody", 5, 1],
      ],
    )
    assert.deepEqual([told.version, told.passed, told.failed], [1, 2, 1])
    assert.deepEqual(await newest(), newestBefore)
    const text = `@id("shut") @say("it is closed") forbid (principal, action, resource);`
    const drafted = await api.testPolicies({ draft: { kind: "guard", text } })
    assert.deepEqual(drafted.cases[1]?.complaints, ["the effect is deny and has to be permit"])
    assert.ok(drafted.cases[1].policies.includes("own/shut"))
    const other = await api.testPolicies({ source: source.replace("expect: permit", "expect: deny") })
    assert.deepEqual([other.version, other.passed], [1, 1])
    await keep("kept.cases.yaml", source)
    const { stdout } = await command("policy", "test", "kept.cases.yaml", "--token-file", "reader")
    for (const { complaints } of told.cases)
      for (const words of complaints) assert.ok(stdout.includes(words), stdout)
    assert.match(stdout, /^2 of 3 answers/m)
    assert.equal((await command("policies", "show", "cases", "--token-file", "reader")).code, 0)
  })
})

function cases(): Promise<Ended> {
  return command("policy", "test", "tabard.cases.yaml", "--token-file", "reader")
}

/** A manifest that says whose it is. */
function manifestOf(text: string): string {
  return `agent: ${agent.id}${text}`
}

async function keep(file: string, text: string, { named = file.startsWith("agents/") } = {}): Promise<void> {
  await mkdir(join(world.cwd, "agents"), { recursive: true })
  await writeFile(join(world.cwd, file), named ? manifestOf(text) : text, { mode: 0o600 })
}

async function version(): Promise<number | undefined> {
  return (await world.ann.api.getAgent({ id: agent.id })).manifest?.version
}

function command(...args: readonly string[]): Promise<Ended> {
  const token = args.includes("--token-file") ? [] : ["--token-file", "pipeline"]
  return world.run([...args, ...token, "--server", world.tabard.server.publicUrl])
}
