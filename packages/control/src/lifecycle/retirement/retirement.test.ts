import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, Id, RetirementCertificate, User } from "@tabard/core"
import { recordScan } from "../../discovery/record-scan.ts"
import { type ControlWorld, DAY, mandateOf, openControlWorld } from "../../testing/control-world.ts"
import { nothingSeen, scanReport, seenAgent } from "../../testing/scan-report.ts"
import { allowDelegation } from "../../tokens/allow-delegation.ts"
import { PLAIN_TOKEN } from "../../tokens/testing/plain-token.ts"
import { instanceOf, taskOf } from "../../tokens/testing/token-world.ts"
import { adoptAgent } from "../adopt-agent.ts"
import { dyingAt, Killed } from "../plans/testing/killed.ts"
import { retireAgent } from "../retire-agent.ts"
import type { RetirementDeps } from "./retirement-deps.ts"
import { runRetirement } from "./run-retirement.ts"
import { attestCredential, signException } from "./settle-credential.ts"

describe("a retirement", () => {
  it("ends what is ours, tries it, and certifies with what it was refused", async () => {
    await using world = await openControlWorld()
    const { owner, agent, instance, task } = await working(world)
    const retired = await retireAgent(world, owner, { agent: agent.id, reason: "done" })
    assert.equal(retired.state, "retired")
    assert.deepEqual(await stepsOf(world, agent), [
      "close-task closed",
      "revoke-key revoked",
      "end-enrolments ended",
      "end-questions ended",
      "end-policies ended",
      "probe-token refused: token_revoked",
      "probe-key refused: instance_not_found",
      "certify certified",
    ])
    const { certificate, jws } = await certificateOf(world)
    assert.deepEqual(certificate, {
      iss: "https://tabard.example/oauth",
      sub: `spiffe://acme.example/agent/${agent.id}`,
      jti: certificate.jti,
      iat: world.clock.now().getTime() / 1000,
      organisation: world.organisation.id,
      agent: agent.id,
      owner: owner.id,
      begun: { at: world.clock.now().toISOString(), by: owner.id },
      ended: {
        "close-task": 1,
        "end-enrolments": 1,
        "end-policies": 1,
        "end-questions": 1,
        "probe-key": 1,
        "probe-token": 1,
        "revoke-key": 1,
      },
      credentials: [
        {
          id: instance.id,
          kind: "enrolled-key",
          provider: null,
          how: "probed",
          by: null,
          refused: "instance_not_found",
          at: world.clock.now().toISOString(),
        },
      ],
      moreCredentials: 0,
      exceptedBy: [],
    })
    assert.deepEqual(payloadOf(jws), certificate)
    const [refused] = await world.events("token.refused")
    assert.deepEqual([refused?.["agent"], refused?.["outcome"]], [agent.id, "instance_not_found"])
    const closed = await world.snapshot(({ tasks }) => tasks.find(task.id))
    assert.ok(closed?.closedAt)
  })

  it("withdraws whom it let act for it and whom it acted for, each with its event and the tokens of it", async () => {
    await using world = await openControlWorld()
    const { owner, agent, instance } = await working(world)
    const peer = await world.agent({
      state: "active",
      owner: owner.id,
      mandate: mandateOf(owner, world.clock),
    })
    const ends = { scope: null, expiresAt: null }
    const given = await allowDelegation(world, owner, { from: agent.id, to: peer.id, ...ends })
    const had = await allowDelegation(world, owner, { from: peer.id, to: agent.id, ...ends })
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    await world.transact(({ tokens }) =>
      tokens.insert({
        ...PLAIN_TOKEN,
        jti: "under what it gave",
        agent: peer.id,
        instance: instance.id,
        task: null,
        audience: "https://tabard.example/mcp",
        delegations: [given.id],
        issuedAt: world.clock.now(),
        expiresAt,
        revokedAt: null,
      }),
    )
    await retireAgent(world, owner, { agent: agent.id, reason: "done" })
    const told = await world.events("delegation.withdrawn")
    const said = told.map((event) => [event["agent"], event["resource"], event["actor"], event["data"]])
    const actor = { kind: "user", id: owner.id }
    assert.deepEqual(
      said.toSorted(([one], [other]) => (one === agent.id ? -1 : other === agent.id ? 1 : 0)),
      [
        [agent.id, peer.id, actor, { delegation: given.id, tokens: 1 }],
        [peer.id, agent.id, actor, { delegation: had.id, tokens: 0 }],
      ],
    )
    const left = await world.snapshot(({ tokens }) => tokens.find("under what it gave"))
    assert.ok(left?.revokedAt)
  })

  it("stays retiring while a credential of others may still work, and says which", async () => {
    await using world = await openControlWorld()
    const { owner, agent, credential } = await seen(world)
    assert.equal((await retireAgent(world, owner, { agent, reason: "done" })).state, "retiring")
    world.clock.advance(3 * DAY)
    await goOn(world, agent)
    assert.equal((await world.found({ id: agent }))?.state, "retiring")
    assert.deepEqual((await stepsOf(world, { id: agent })).slice(-2), [
      "settle-credential waits",
      "certify waits",
    ])
    const [retiring] = await world.events("agent.retiring")
    assert.deepEqual(Reflect.get(Object(retiring?.["data"]), "unsettledCredentials"), [credential])
  })

  it("takes a named person's word for what is gone from its place, and not before it is", async () => {
    await using world = await openControlWorld()
    const { owner, agent, credential } = await seen(world)
    await retireAgent(world, owner, { agent, reason: "done" })
    const attest = (by: User, one: string = credential) =>
      attestCredential(world, by, { agent, credential: one, note: "I deleted it at GitHub" })
    await assert.rejects(attest(owner), { code: "agent_state_conflict" })
    await forget(world)
    await assert.rejects(attest(await world.person("member")), { code: "not_allowed" })
    await assert.rejects(attest(owner, "crd_none"), { code: "credential_not_found" })
    await attest(owner)
    assert.equal((await world.found({ id: agent }))?.state, "retired")
    const { certificate } = await certificateOf(world)
    assert.deepEqual(
      certificate.credentials.map(({ id, kind, provider, how, by }) => [id, kind, provider, how, by]),
      [[credential, "github-token", "github", "attested", owner.id]],
    )
    await assert.rejects(attest(owner), { code: "agent_state_conflict" })
  })

  it("ends with an exception only in a named person's name, who stands in the certificate", async () => {
    await using world = await openControlWorld()
    const { owner, agent, credential } = await seen(world)
    await retireAgent(world, owner, { agent, reason: "done" })
    await assert.rejects(signException(world, await world.person("member"), { agent, reason: "mine" }), {
      code: "not_allowed",
    })
    await signException(world, owner, { agent, reason: "the provider is no more" })
    const { certificate } = await certificateOf(world)
    assert.deepEqual(
      [certificate.credentials.map(({ id, how }) => [id, how]), certificate.exceptedBy],
      [[[credential, "excepted"]], [owner.id]],
    )
    await assert.rejects(signException(world, owner, { agent, reason: "again" }), {
      code: "agent_state_conflict",
    })
  })

  it("waits with the certificate for a process that plays the issuer", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    await retireAgent({ ...world, certifier: null }, owner, { agent: agent.id, reason: "done" })
    assert.equal((await world.found(agent))?.state, "retiring")
    world.clock.advance(60_000)
    await goOn(world, agent.id)
    assert.equal((await world.found(agent))?.state, "retired")
  })

  it("signs anew where something changed between the signature and the record", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    const certifier = {
      ...world.certifier,
      certify: async (certificate: RetirementCertificate) => {
        await world.transact(({ settlements }) =>
          settlements.settle({
            agent: agent.id,
            credential: "crd_1",
            how: "attested",
            by: owner.id,
            outcome: null,
            at: world.clock.now(),
          }),
        )
        return world.certifier.certify(certificate)
      },
    }
    await retireAgent({ ...world, certifier }, owner, { agent: agent.id, reason: "done" })
    assert.equal((await world.found(agent))?.state, "retiring")
    world.clock.advance(60_000)
    await goOn(world, agent.id)
    assert.equal((await certificateOf(world)).certificate.credentials.length, 2)
  })

  it("does not go on where a key of ours is still taken", async () => {
    await using world = await openControlWorld()
    const { owner, agent } = await working(world)
    const faults: unknown[] = []
    const onFault = (error: unknown): void => void faults.push(error)
    // An agent that is active again behind the back of its retirement, with a key that nobody revoked.
    const careless: RetirementDeps = {
      ...world,
      onFault,
      transact: (work) =>
        world.transact(async (tx) => {
          const { instances } = tx
          await tx.agents.move(agent.id, ["retiring"], "active")
          const answer = await work({
            ...tx,
            instances: { ...instances, revoke: async () => true, revokeAll: async () => 0 },
          })
          return answer
        }),
    }
    await retireAgent(careless, owner, { agent: agent.id, reason: "done" })
    assert.ok(faults.some((fault) => /was issued a token although it is revoked/.test(String(fault))))
    assert.deepEqual(await world.events("agent.retired"), [])
    const live = await world.snapshot(({ tokens }) => tokens.live(agent.id, world.clock.now()))
    assert.deepEqual(live, [], "what was given is taken back")
  })
})

describe("a retirement that is killed", () => {
  for (const when of ["before", "after"] as const)
    it(`${when} any of its transactions commits goes on where it was, and does nothing twice`, async () => {
      const whole = await retired()
      assert.ok(whole.begun > 10)
      // The first transaction is what the person waits for: without it, nothing was begun.
      for (let at = 2; at <= whole.begun; at++) {
        const killed = await retired({ at, when })
        assert.deepEqual(killed.steps, whole.steps, `killed ${when} transaction ${at}`)
        assert.deepEqual(killed.told, whole.told, `killed ${when} transaction ${at}`)
      }
    })
})

/** What came of a whole retirement, killed once or not at all; attempts at tokens are not counted: they may be made again. */
async function retired(kill?: { at: number; when: "before" | "after" }): Promise<{
  readonly begun: number
  readonly steps: readonly string[]
  readonly told: Readonly<Record<string, number>>
}> {
  await using world = await openControlWorld()
  const { owner, agent } = await working(world)
  const dying = dyingAt(world.transact, kill?.at ?? Number.POSITIVE_INFINITY, kill?.when ?? "before")
  const dead = retireAgent({ ...world, ...throwing, transact: dying.transact }, owner, {
    agent: agent.id,
    reason: "done",
  })
  await (kill ? assert.rejects(dead, Killed) : dead)
  await goOn(world, agent.id)
  const told: Record<string, number> = {}
  for (const { type } of await world.events())
    if (type !== "token.refused") told[String(type)] = (told[String(type)] ?? 0) + 1
  return { begun: dying.begun(), steps: await stepsOf(world, agent), told }
}

const throwing = {
  onFault: (error: unknown): void => {
    throw error
  },
}

async function goOn(world: ControlWorld, agent: Id<"agent">): Promise<void> {
  const plan = await world.snapshot(({ plans }) => plans.latest("retirement", agent))
  assert.ok(plan)
  await runRetirement({ ...world, ...throwing }, plan.id)
}

async function stepsOf({ snapshot }: ControlWorld, { id }: Pick<Agent, "id">): Promise<readonly string[]> {
  return snapshot(async ({ plans }) => {
    const plan = await plans.latest("retirement", id)
    const steps = plan ? await plans.steps(plan.id) : []
    return steps.map(({ does, done }) => `${does} ${done?.outcome ?? "waits"}`)
  })
}

async function certificateOf(
  world: ControlWorld,
): Promise<{ certificate: RetirementCertificate; jws: string }> {
  const [event, ...more] = await world.events("agent.retired")
  assert.ok(event && more.length === 0)
  const { certificate, jws } = Object(event["data"])
  return { certificate, jws }
}

function payloadOf(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString("utf8"))
}

/** An active agent in the middle of its work: a key, a task, a token. */
async function working(world: ControlWorld) {
  const owner = await world.person("member")
  const mandate = mandateOf(owner, world.clock)
  const agent = await world.agent({ state: "active", owner: owner.id, mandate })
  const [instance, task] = [instanceOf(agent, world.clock), taskOf(agent, world.clock)]
  const expiresAt = new Date(world.clock.now().getTime() + 300_000)
  await world.transact(async (tx) => {
    await tx.instances.insert(instance)
    await tx.tasks.insert(task)
    const bound = { agent: agent.id, instance: instance.id, task: null, audience: "a", revokedAt: null }
    await tx.tokens.insert({ ...PLAIN_TOKEN, ...bound, jti: "one", issuedAt: world.clock.now(), expiresAt })
  })
  return { owner, agent, instance, task }
}

/** An agent that a scan saw with a key of GitHub's, adopted by its owner. */
async function seen(world: ControlWorld) {
  const owner = await world.person("administrator")
  const { discovered } = await recordScan(world, "laptop", scanReport())
  const [agent = assert.fail()] = discovered
  const expiresAt = new Date(world.clock.now().getTime() + 300 * DAY)
  const terms = { purpose: "Reads notes.", tier: "read-only", expiresAt, acceptOwnership: true } as const
  await adoptAgent(world, owner, { agent, ...terms })
  const links = await world.snapshot(({ observations }) => observations.linksOf([agent]))
  const [credential = assert.fail()] = links.get(agent)?.credentials ?? []
  return { owner, agent, credential }
}

/** A later scan of the same place sees the agent, and its credential no more. */
async function forget(world: ControlWorld): Promise<void> {
  world.clock.advance(DAY)
  const finishedAt = world.clock.now().toISOString()
  const agents = [seenAgent("agent-1", { credentials: [], mcpServers: [] })]
  await recordScan(world, "laptop", nothingSeen({ agents, finishedAt }))
}
