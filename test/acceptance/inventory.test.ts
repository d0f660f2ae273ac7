import assert from "node:assert/strict"
import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, it } from "node:test"
import { CANARY, filesystemServer, type Machine, makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

describe("the inventory of a machine", () => {
  it("lists servers with who uses them, where they stand and their tools, a page at a time", async () => {
    await using world = await scanned()
    const { items } = await world.ann.api.listObservedServers({})
    const docs = items.find(({ name }) => name === "docs") ?? assert.fail()
    assert.deepEqual([docs.url, docs.vanishedAt, docs.tools], ["https://docs.example.test/mcp", null, null])
    assert.equal(docs.agentCount, docs.agents.length)
    assert.ok(docs.seen.every(({ locations }) => locations[0]?.path.endsWith(".vscode/mcp.json")))

    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await world.ann.api.listObservedServers({ limit: 1, ...(after && { after }) })
      paged.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    assert.deepEqual(
      paged,
      items.map(({ id }) => id),
    )
  })

  it("lists credentials by kind and place, and no byte of them", async () => {
    await using world = await scanned()
    const { items } = await world.ann.api.listCredentials({})
    assert.ok(items.length > 0)
    const key = items.find(({ storedAs }) => storedAs === "plaintext") ?? assert.fail()
    assert.ok(key.agents.some(({ name }) => name === "Cursor"))
    assert.ok(!JSON.stringify(items).includes(CANARY))
  })

  it("shows each of them by its id, as it is in the list", async () => {
    await using world = await scanned()
    const { api } = world.ann
    const [server = assert.fail()] = (await api.listObservedServers({})).items
    assert.deepEqual(await api.getObservedServer({ id: server.id }), server)
    const [credential = assert.fail()] = (await api.listCredentials({})).items
    assert.deepEqual(await api.getCredential({ id: credential.id }), credential)
    for (const [asked, code] of [
      [() => api.getObservedServer({ id: credential.id }), "server_not_found"],
      [() => api.getCredential({ id: "crd_none" }), "credential_not_found"],
      [() => api.getScan({ id: server.id }), "scan_not_found"],
    ] as const)
      await assert.rejects(asked, { code })
  })

  it("shows a scan with what it brought: all is new at first, and nothing is when it is read again", async () => {
    await using world = await scanned()
    const { api } = world.ann
    const [scan = assert.fail()] = (await api.listScans({})).items
    assert.deepEqual(await api.getScan({ id: scan.id }), scan)
    const { result } = scan
    const agents = (await api.listAgents({})).items.length
    assert.ok(result && result.changed > agents, "servers and credentials are new as well")
    assert.deepEqual([result.discovered, result.vanished], [agents, 0])
    await again(world)
    const [repeated = assert.fail()] = (await api.listScans({})).items
    assert.deepEqual([repeated.result?.discovered, repeated.result?.changed], [0, 0])
  })

  it("lists the systems that agents reach, and the tools that were reviewed", async () => {
    await using world = await scanned()
    const resources = (await world.ann.api.listResources({})).items
    const github = resources.find(({ system }) => system === "GitHub") ?? assert.fail()
    assert.ok(github.agents > 0)
    assert.equal(github.sensitivity, "confidential")
    assert.deepEqual((await world.ann.api.listTools({})).items, [])
    const { command, args, roots } = filesystemServer(world.machine.notes)
    await world.ann.api.registerServer({
      name: "notes",
      launch: { transport: "stdio", command, args, roots },
    })
    const tools = (await world.ann.api.listTools({})).items
    assert.ok(tools.some(({ name, server }) => name === "read_text_file" && server.name === "notes"))
  })

  it("marks what is gone from a place that was read, and takes it back when it is there again", async () => {
    await using world = await scanned()
    const file = join(world.machine.root, ".vscode/mcp.json")
    const text = JSON.stringify({ servers: { docs: { type: "http", url: "https://docs.example.test/mcp" } } })
    const vanished = async () => (await world.ann.api.listAgents({ vanished: true })).items
    assert.deepEqual(await vanished(), [])

    await rm(file)
    await again(world)
    const [gone = assert.fail(), ...others] = await vanished()
    assert.deepEqual(others, [])
    assert.equal(gone.client, "vscode-copilot")
    assert.ok(gone.vanishedAt)
    const servers = await world.ann.api.listObservedServers({ vanished: true })
    assert.deepEqual(
      servers.items.map(({ name }) => name),
      ["docs"],
    )

    await writeFile(file, text)
    await again(world)
    assert.deepEqual(await vanished(), [])
    const told = (await world.ann.api.listEvents({ agent: gone.id })).items.map(({ type }) => type)
    assert.deepEqual(told.filter((type) => type.startsWith("agent.")).slice(0, 2), [
      "agent.reappeared",
      "agent.vanished",
    ])
  })

  it("takes two agents for one where a person says so, and one for two again", async () => {
    await using world = await scanned()
    const { api } = world.ann
    const rows = (await api.listAgents({})).items
    const [first = assert.fail(), second = assert.fail()] = rows
    const merged = await api.mergeAgents({ id: first.id, other: second.id, reason: "one program" })
    assert.deepEqual(merged.alsoKnownAs, [second.id])
    assert.equal(merged.seen.length, 2)
    const placed = merged.seen.find(({ placedBy }) => placedBy !== null) ?? assert.fail()
    assert.equal(placed.placedBy?.reason, "one program")
    assert.equal((await api.getAgent({ id: second.id })).id, first.id)

    await again(world)
    assert.equal((await api.listAgents({})).items.length, rows.length - 1)
    const { reporter, key } = placed
    const split = await api.splitAgent({ id: first.id, reporter, key, reason: "two after all" })
    assert.deepEqual([split.id, split.name], [second.id, second.name])
    await again(world)
    assert.equal((await api.listAgents({})).items.length, rows.length)
  })
})

interface Scanned extends AsyncDisposable {
  readonly machine: Machine
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
}

async function scanned(): Promise<Scanned> {
  await using stack = new AsyncDisposableStack()
  const machine = stack.use(await makeMachine())
  const tabard = stack.use(await runTabard({ scan: [machine.root] }))
  await tabard.server.scans.settled()
  const ann = await signInFirst(tabard.server, "Ann")
  const held = stack.move()
  return { machine, tabard, ann, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

async function again({ ann, tabard }: Scanned): Promise<void> {
  await ann.api.startScan({})
  await tabard.server.scans.settled()
}
