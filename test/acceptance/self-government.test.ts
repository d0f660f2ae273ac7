import assert from "node:assert/strict"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import {
  GOVERNING,
  type GovernedName,
  OPERATIONS,
  type Operation,
  SCOPE_GROUPS,
  SCOPES,
  scopesOf,
} from "@tabard/api"
import { COMMAND_LINE_PREFIX, handleHash, isGoverning, type Transaction } from "@tabard/control"
import { type Approval, type Id, newHandle, newId, systemClock } from "@tabard/core"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { inputSchema, sampleInput } from "../world/sample-input.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

type Named = readonly [name: keyof typeof OPERATIONS, operation: Operation<unknown, unknown>]

/** Everything that changes something, and that somebody has to be signed in for. */
const WRITES = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([, { method, access }]) => method !== "GET" && access !== "public",
) as readonly Named[]

/** Of these a sample of the least that is right would change nothing. */
const FITTING: Readonly<Record<string, object>> = {
  describeAgent: { nextReview: "2031-01-01" },
  actOnAgents: { act: { kind: "retire", reason: "x" } },
  answerApproval: { verdict: "approved" },
  importPeople: { csv: "name,email\nEve,eve@example.test", apply: true },
  putOwnPolicies: { kind: "guard", subject: "own", seen: 0, source: "" },
  importRegister: { csv: "name\nFrom a register", apply: true },
}

/** One of each thing that leads to an agent. */
interface Matters extends Readonly<Record<Exclude<GovernedName["kind"], "caller">, string>> {
  readonly agent: Id<"agent">
}

/** Every group of operations, and what stands by itself. */
const GROUPS: readonly string[] = ["read", "scim", "clients:register", ...Object.keys(SCOPE_GROUPS)]

let tabard: RunningTabard
let ann: Person
/** The agent that was given administrator rights, and one that has nothing to do with it. */
let own: Matters
let others: Matters
/** The API token that is in its hands, and the command line that it runs beside. */
let token: string
let commandLine: string

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
  own = await lay(ann)
  others = await lay(await addPerson(tabard.server, "member"))
  token = await make({
    scopes: Object.keys(SCOPE_GROUPS).filter((group) => !group.startsWith("ssf")),
    heldBy: [own.agent],
  })
  commandLine = await commandLineOf(ann)
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("a scope of an API token", () => {
  for (const scope of SCOPES) {
    const governs = WRITES.filter(([name]) => scopesOf(name).includes(scope)).some(([name]) => {
      const governed = GOVERNING[name]
      return !governed || !("nothing" in governed)
    })
    // That one operation by its name changes nothing need not be known: whoever may ask for it is looked at all the same.
    if (!governs && !GROUPS.includes(scope)) continue
    it(`${scope} ${governs ? "governs, as" : "does not govern, as no"} an operation of it changes what constrains agents`, () => {
      assert.equal(isGoverning({ scopes: [scope] }), governs)
    })
  }
})

describe("an agent that was given administrator rights", () => {
  for (const [name, operation] of WRITES) {
    const governed = GOVERNING[name]
    if (scopesOf(name).length === 0) {
      it(`cannot ask for ${name} at all`, async () => {
        assert.equal(codeOf(await ask(token, [name, operation], own)), "scope_missing")
      })
    } else if (governed && "nothing" in governed) {
      it(`is not kept from ${name}, which changes nothing of what constrains it`, async () => {
        assert.notEqual(codeOf(await ask(token, [name, operation], own)), "self_government")
      })
    } else {
      it(`is refused ${name} about itself, in words`, async () => {
        const answer = await ask(token, [name, operation], own)
        assert.equal(codeOf(answer), "self_government", answer.text)
        assert.equal(answer.status, 403)
        assert.match(
          answer.text,
          /nobody governs themselves: an agent holds|holds the API token “In its hands”/,
        )
      })
    }
  }

  for (const [name, operation] of WRITES) {
    const governed = GOVERNING[name]
    if (scopesOf(name).length === 0 || !governed || !("names" in governed)) continue
    it(`does ${name} as before where it is another's matter`, async () => {
      const matters = await lay(await addPerson(tabard.server, "member"))
      const prepare = PREPARED[name]
      assert.ok(prepare, `say in PREPARED what ${name} needs to be done`)
      const answer = await ask(token, [name, operation], matters, await prepare(matters))
      assert.equal(answer.status, name === "splitAgent" ? 404 : 200, answer.text)
    })
  }

  it("is on record with each try, and a finding until somebody takes it out of its hands", async () => {
    const refused = JSON.parse((await asAnn("GET", "/events?type=reach.refused&limit=1000")).text).items
    assert.ok(refused.length >= 10, `${refused.length} tries`)
    for (const { body } of refused) assert.equal(body.agent, own.agent)
    const found = JSON.parse((await asAnn("GET", `/findings?agent=${own.agent}&limit=1000`)).text).items
    assert.ok(
      found.some(({ rule }: { rule: { id?: string } | string }) =>
        JSON.stringify(rule).includes("governs-itself"),
      ),
    )
  })

  it("is told with its ways to whoever asks who governs it", async () => {
    const told = JSON.parse((await asAnn("GET", `/agents/${own.agent}/government`)).text)
    assert.match(
      told.itself.join(),
      /holds the API token “In its hands”, which may change the organisation's/,
    )
    const kinds = new Set(told.governors.map(({ kind }: { kind: string }) => kind))
    for (const kind of ["person", "apiToken", "organisation", "team"]) assert.ok(kinds.has(kind), kind)
    const apart = JSON.parse((await asAnn("GET", `/agents/${others.agent}/government`)).text)
    assert.deepEqual(apart.itself, [])
  })
})

describe("whoever acts for an agent, or whom it acts for", () => {
  it("is kept from its matters by a token in either's hands, until that is withdrawn", async () => {
    const mate = (await lay(await addPerson(tabard.server, "member"))).agent
    const lead = await lay(await addPerson(tabard.server, "member"))
    const held = await make({ scopes: ["agents:write"], heldBy: [mate] })
    const describing = () => ask(held, ["describeAgent", OPERATIONS.describeAgent], lead)
    assert.equal((await describing()).status, 200)
    const allowed = await asAnn("POST", `/agents/${lead.agent}/delegations`, { to: mate })
    assert.equal(allowed.status, 200, allowed.text)
    assert.equal(codeOf(await describing()), "self_government")
    const withdrawn = await asAnn("POST", `/delegations/${JSON.parse(allowed.text).id}/withdrawal`, {})
    assert.equal(withdrawn.status, 200, withdrawn.text)
    assert.equal((await describing()).status, 200)
  })

  it("is kept from each other's where each holds a token, though neither acts for the other", async () => {
    const [one, other] = [
      await lay(await addPerson(tabard.server, "member")),
      await lay(await addPerson(tabard.server, "member")),
    ]
    const held = await make({ scopes: ["agents:write"], heldBy: [one.agent] })
    const describing = () => ask(held, ["describeAgent", OPERATIONS.describeAgent], other)
    assert.equal((await describing()).status, 200)
    await make({ scopes: ["agents:write"], heldBy: [other.agent] })
    assert.equal(codeOf(await describing()), "self_government")
  })
})

describe("what an agent's hand made", () => {
  const ABOUT_AGENTS = WRITES.filter(([name]) => {
    const governed = GOVERNING[name]
    return governed && "names" in governed && Object.values(governed.names).includes("agent")
  })
  const enter = async (bearer: string, name: string): Promise<Id<"agent">> => {
    const entered = await send(bearer, "POST", "/api/v1/agents", { name, category: "production" })
    assert.equal(entered.status, 200, entered.text)
    return JSON.parse(entered.text).id
  }

  for (const hand of ["command line", "API token"] as const)
    it(`by its ${hand} is bound as the agent is, whatever is asked about it, and not to a person at their browser`, async () => {
      const bearer = hand === "command line" ? commandLine : token
      const twin = await enter(bearer, "Twin")
      assert.ok(ABOUT_AGENTS.length > 20)
      for (const [name, operation] of ABOUT_AGENTS) {
        const answer = await ask(bearer, [name, operation], { ...others, agent: twin })
        const code = codeOf(answer)
        if (scopesOf(name).length === 0 && hand === "API token") assert.equal(code, "scope_missing", name)
        else {
          assert.equal(code, "self_government", `${name}: ${answer.text}`)
          assert.match(
            answer.text,
            /runs beside the command line of administrator, which made Twin|holds the API token “In its hands”/,
          )
        }
      }
      assert.equal(
        (await asAnn("PUT", `/agents/${twin}/description`, { nextReview: "2031-01-01" })).status,
        200,
      )
      const told = JSON.parse((await asAnn("GET", `/agents/${twin}/government`)).text)
      assert.ok(told.governors.some(({ path }: { path: string }) => /which made Twin|made Twin/.test(path)))
    })

  it("is bound as well where it took it on, and until an administrator takes that word back", async () => {
    const found = await tabard.server.organisation.shelf.transact(sparePart)
    const describing = () =>
      send(commandLine, "PUT", `/api/v1/agents/${found}/description`, { nextReview: "2031-01-01" })
    assert.equal((await describing()).status, 200)
    const adopted = await send(commandLine, "POST", `/api/v1/agents/${found}/adoption`, {
      name: "Found",
      purpose: "Does what its sibling may not",
      tier: "transactional",
      expiresAt: new Date(systemClock.now().getTime() + 86_400_000).toISOString(),
      acceptOwnership: true,
    })
    assert.equal(adopted.status, 200, adopted.text)
    assert.equal(codeOf(await describing()), "self_government")
    const { items } = JSON.parse((await asAnn("GET", "/reaches?limit=1000")).text)
    const made = items.find(({ to }: { to: { id: string } }) => to.id === found)
    assert.equal(made.holder.kind, "commandLine")
    assert.equal((await asAnn("POST", `/reaches/${made.id}/withdrawal`, {})).status, 200)
    assert.equal((await describing()).status, 200)
  })

  it("passes for no agent: who does is said in the browser alone, whomever the command line is of", async () => {
    const carl = await addPerson(tabard.server, "administrator")
    const held = await commandLineOf(carl)
    const agent = await enter(held, "Carl's")
    const adopted = await send(held, "POST", `/api/v1/agents/${agent}/adoption`, {
      name: "Carl's",
      purpose: "Tidies",
      tier: "read-only",
      expiresAt: new Date(systemClock.now().getTime() + 86_400_000).toISOString(),
      acceptOwnership: true,
    })
    assert.equal(adopted.status, 200, adopted.text)
    const described = await send(held, "PUT", `/api/v1/agents/${agent}/description`, {
      nextReview: "2031-01-01",
    })
    assert.equal(described.status, 200, "no agent runs beside it")
    const enrolling = await send(held, "POST", `/api/v1/agents/${agent}/enrolments`, {})
    assert.equal(codeOf(enrolling), "not_allowed", enrolling.text)
    assert.match(enrolling.text, /in their browser/)
    for (const bearer of [commandLine, token])
      for (const name of ["offerEnrolment", "makeTrustRule"] as const) {
        const code = codeOf(await ask(bearer, [name, OPERATIONS[name]], { ...others, agent }))
        assert.ok(["self_government", "scope_missing"].includes(code), `${name}: ${code}`)
      }
  })
})

describe("a server behind the gateway", () => {
  it("is never Tabard itself", async () => {
    const { port } = new URL(tabard.server.publicUrl)
    for (const url of [`${tabard.server.publicUrl}/mcp/notes`, `http://localhost:${port}/api/v1`]) {
      const answer = await asAnn("POST", "/servers", { name: "self", launch: { transport: "http", url } })
      assert.equal(codeOf(answer), "self_government", answer.text)
    }
  })

  it("reaches neither what Tabard keeps, nor a checkout of manifests without being known to", async () => {
    await using upstream = await makeShiftingServer()
    const register = (name: string, ...roots: readonly string[]) =>
      asAnn("POST", "/servers", {
        name,
        launch: { ...upstream.launch, roots: [...upstream.launch.roots, ...roots] },
      })
    const refused = await register("keeper", tabard.server.data)
    assert.equal(codeOf(refused), "self_government", refused.text)
    assert.match(refused.text, /reaches what Tabard keeps of its own/)
    const [folder = ""] = upstream.launch.roots
    await mkdir(join(folder, ".git"))
    await writeFile(join(folder, ".git", "config"), "\turl = https://github.com/acme/agents.git\n")
    const registered = await register("writer")
    assert.equal(registered.status, 200, registered.text)
    const { items } = JSON.parse((await asAnn("GET", "/reaches?limit=1000")).text)
    const known = items.find(
      ({ to }: { to: { id: string } }) => to.id === "repository:github.com/acme/agents",
    )
    assert.equal(known.holder.id, JSON.parse(registered.text).id)
  })
})

describe("a directory's token in an agent's hands", () => {
  it("changes nobody who governs it and no team that helps with it, and others as before", async () => {
    const scim = await make({ scopes: ["scim"], heldBy: [own.agent] })
    const patch = (path: string) =>
      send(scim, "PATCH", `/scim/v2/${path}`, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "replace", value: { active: false } }],
      })
    const refused = await patch(`Users/${own.person}`)
    assert.equal(refused.status, 403)
    assert.match(refused.text, /nobody governs themselves/)
    const removed = await send(scim, "DELETE", `/scim/v2/Groups/${own.team}`)
    assert.equal(removed.status, 403, removed.text)
    const another = await addPerson(tabard.server, "member")
    assert.equal((await patch(`Users/${another.user.id}`)).status, 200)
  })
})

describe("a person's command line, which their local agents run beside,", () => {
  for (const [name, operation] of WRITES) {
    const governed = GOVERNING[name]
    if (!governed || "nothing" in governed) continue
    it(`refuses ${name} about one of them`, async () => {
      const answer = await ask(commandLine, [name, operation], own)
      const code = codeOf(answer)
      assert.notEqual(code, "body_invalid", `say in FITTING what fits ${name}: ${answer.text}`)
      assert.ok(["self_government", "not_allowed"].includes(code), answer.text)
      assert.match(answer.text, /in their browser|signed in to the console/)
    })
  }

  it("does about others' agents what it always did", async () => {
    const answer = await ask(commandLine, ["suspendAgent", OPERATIONS.suspendAgent], others)
    assert.notEqual(codeOf(answer), "self_government", answer.text)
    const described = await ask(commandLine, ["describeAgent", OPERATIONS.describeAgent], others)
    assert.notEqual(codeOf(described), "self_government", described.text)
  })
})

describe("a person at their browser", () => {
  it("governs their own agents as ever", async () => {
    const answer = await asAnn("PUT", `/agents/${own.agent}/description`, { nextReview: "2031-01-01" })
    assert.equal(answer.status, 200, answer.text)
  })
})

/** An active local agent of a person's, with one of each thing that leads to it. */
async function lay({ user }: Person): Promise<Matters> {
  const now = systemClock.now()
  const later = new Date(now.getTime() + 3_600_000)
  const [agent, team] = [newId("agent", systemClock), newId("team", systemClock)]
  const approval = approvalOf(agent, user.id, { now, later })
  const offer = newId("offer", systemClock)
  const delegation = newId("delegation", systemClock)
  await tabard.server.organisation.shelf.transact(async (tx) => {
    await tx.agents.insert({
      id: agent,
      state: "active",
      owner: user.id,
      mandate: {
        purpose: "Tidies",
        tier: "read-only",
        expiresAt: new Date(now.getTime() + 86_400_000),
        proposedBy: user.id,
        acceptedAt: now,
        oversight: "not-required",
        approvedBy: null,
      },
      createdAt: now,
    })
    for (const [name, value] of [
      ["category", "local"],
      ["name", "an agent"],
    ] as const)
      await tx.facts.put({ subject: agent, name, kind: "declared", source: user.id, value, at: now })
    const words = { name: `Team ${team}`, externalName: null, keptBy: "scim", lead: null } as const
    await tx.teams.add({ id: team, ...words, createdAt: now })
    await tx.maintainers.addTeam({ agent, team, addedBy: user.id, addedAt: now })
    await tx.approvals.request(approval)
    await tx.delegations.allow({
      id: delegation,
      from: agent,
      to: await sparePart(tx),
      scope: null,
      allowedBy: user.id,
      allowedAt: now,
      expiresAt: null,
      withdrawnAt: null,
    })
    await tx.offers.insert({
      id: offer,
      agent,
      to: user.id,
      by: user.id,
      note: null,
      terms: null,
      offeredAt: now,
      expiresAt: later,
      state: { kind: "pending" },
    })
  })
  return {
    agent,
    team,
    offer,
    delegation,
    approval: approval.id,
    person: user.id,
    finding: await findingOf(agent),
  }
}

/** An agent that nobody knows anything of. */
async function sparePart({ agents }: Pick<Transaction, "agents">): Promise<Id<"agent">> {
  const id = newId("agent", systemClock)
  await agents.insert({
    id,
    state: "discovered",
    owner: null,
    mandate: null,
    createdAt: systemClock.now(),
  })
  return id
}

function approvalOf(
  agent: Id<"agent">,
  approver: Id<"user">,
  { now, later }: { readonly now: Date; readonly later: Date },
): Approval {
  return {
    id: newId("approval", systemClock),
    handle: newHandle(),
    question: {
      kind: "call",
      agent,
      instance: newId("instance", systemClock),
      task: null,
      server: newId("server", systemClock),
      tool: "write_note",
      toolDigest: "digest",
      arguments: {},
      chain: [],
      resource: "x",
    },
    actionHash: newHandle(),
    nonce: "n",
    bindingHash: newHandle(),
    say: [],
    policies: [],
    routes: ["owner"],
    approvers: [approver],
    state: { kind: "pending" },
    createdAt: now,
    expiresAt: later,
    agreed: [],
    spentBy: null,
  }
}

/** Something that is to be put right about an agent: whoever describes it anew has it looked at. */
async function findingOf(agent: Id<"agent">): Promise<string> {
  const lastReview = "2020-01-01"
  const described = await asAnn("PUT", `/agents/${agent}/description`, {
    lastReview,
    nextReview: "2020-02-01",
  })
  assert.equal(described.status, 200, described.text)
  const { items } = JSON.parse((await asAnn("GET", `/findings?agent=${agent}`)).text)
  return items[0]?.id ?? assert.fail("nothing is to be put right")
}

async function make(wish: {
  readonly scopes: readonly string[]
  readonly heldBy: readonly string[]
}): Promise<string> {
  const made = await asAnn("POST", "/api-tokens", { purpose: "In its hands", role: "administrator", ...wish })
  assert.equal(made.status, 200, made.text)
  return JSON.parse(made.text).token
}

/** What a command line holds after a person signed it in. */
async function commandLineOf({ user }: Person): Promise<string> {
  const held = `${COMMAND_LINE_PREFIX}${newHandle()}${newHandle()}`
  const createdAt = systemClock.now()
  const expiresAt = new Date(createdAt.getTime() + 3_600_000)
  const id = newId("session", systemClock)
  const session = {
    id,
    tokenHash: handleHash(held),
    user: user.id,
    createdAt,
    expiresAt,
    lastSeen: createdAt,
  }
  await tabard.server.organisation.shelf.transact(({ sessions }) =>
    sessions.insert({ ...session, agent: null }),
  )
  return held
}

/** What is laid before each operation that a token of an agent's may ask for, so that it can be done, and what is sent. */
const PREPARED: Readonly<Record<string, (matters: Matters) => Promise<Readonly<Record<string, unknown>>>>> = {
  acceptFinding: async () => ({}),
  reopenFinding: async ({ finding }) => {
    const until = new Date(systemClock.now().getTime() + 86_400_000).toISOString()
    const accepted = await asAnn("POST", `/findings/${finding}/acceptance`, { reason: "Known", until })
    assert.equal(accepted.status, 200, accepted.text)
    return {}
  },
  addMaintainingTeam: async () => ({ team: (await lay(await addPerson(tabard.server, "member"))).team }),
  removeMaintainingTeam: async ({ team }) => ({ team }),
  applyManifests: async ({ agent }) => {
    const manifest = "purpose: Tidies\ntier: read-only\ntools: []\n"
    const planned = await asAnn("POST", "/manifests/plan", { manifests: [{ agent, manifest }] })
    assert.equal(planned.status, 200, planned.text)
    return { manifests: [{ agent, manifest }], digest: JSON.parse(planned.text).digest }
  },
  withdrawDelegation: async () => ({}),
  offerOwnership: async () => ({ to: (await addPerson(tabard.server, "member")).user.id }),
  withdrawOffer: async () => ({}),
  addMaintainer: async () => ({ user: (await addPerson(tabard.server, "member")).user.id }),
  removeMaintainer: async ({ person }) => ({ user: person }),
  describeAgent: async () => ({}),
  reopenAgent: async () => {
    const id = await tabard.server.organisation.shelf.transact(sparePart)
    const dismissed = await asAnn("POST", `/agents/${id}/dismissal`, { reason: "None" })
    assert.equal(dismissed.status, 200, dismissed.text)
    return { id }
  },
  mergeAgents: async () => ({ other: await tabard.server.organisation.shelf.transact(sparePart) }),
  // Of a sighting that no scan left there is none to split off: the answer is the operation's own.
  splitAgent: async () => ({}),
  retireAgent: async () => ({}),
  dismissAgent: async () => ({ id: await tabard.server.organisation.shelf.transact(sparePart) }),
}

/** Asks for an operation about these matters, with the least that is right besides, or with what is said. */
function ask(
  bearer: string,
  [name, operation]: Named,
  matters: Matters,
  besides: Readonly<Record<string, unknown>> = {},
): Promise<RawAnswer> {
  const governed = GOVERNING[name]
  const body: Record<string, unknown> = {
    ...sampleInput(inputSchema(name, operation), "x"),
    ...FITTING[name],
  }
  const named = governed && "names" in governed ? Object.entries(governed.names) : []
  const ids = new Map<string, string>(
    named.flatMap(([member, kind]) => (kind === "caller" ? [] : [[member, matters[kind]] as const])),
  )
  for (const [member, id] of ids)
    if (!operation.path.includes(`:${member}`)) body[member] = Array.isArray(body[member]) ? [id] : id
  if (name === "actOnAgents") body["agents"] = [matters.agent]
  if (name === "applyManifests") body["manifests"] = [{ agent: matters.agent, manifest: "x" }]
  Object.assign(body, besides)
  const path = operation.path.replace(/:(\w+)/g, (_, member: string) => {
    const fitting: unknown = Reflect.get(FITTING[name] ?? {}, member)
    delete body[member]
    const said = besides[member]
    if (typeof said === "string") return said
    return ids.get(member) ?? (typeof fitting === "string" ? fitting : matters.agent)
  })
  return send(bearer, operation.method, `/api/v1${path}`, body)
}

function send(bearer: string, method: string, path: string, body: object = {}): Promise<RawAnswer> {
  const text = JSON.stringify(body)
  return rawRequest(tabard.server.publicUrl, {
    method,
    path,
    headers: {
      authorization: `Bearer ${bearer}`,
      "content-type": path.startsWith("/scim") ? "application/scim+json" : "application/json",
      "content-length": String(Buffer.byteLength(text)),
    },
    body: text,
  })
}

function asAnn(method: string, path: string, body?: object): Promise<RawAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return rawRequest(tabard.server.publicUrl, {
    method,
    path: `/api/v1${path}`,
    headers: {
      cookie: ann.cookie,
      "x-tabard": "1",
      ...(text !== undefined && {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(text)),
      }),
    },
    ...(text !== undefined && { body: text }),
  })
}

function codeOf({ text }: RawAnswer): string {
  return text === "" ? "" : String(Reflect.get(JSON.parse(text), "code") ?? "")
}
