import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { ApiProblem, type Client, createClient, type InstanceView, type TrustRuleInput } from "@tabard/api"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { startWorkloadIssuer, type WorkloadIssuer } from "../world/workload-issuer.ts"

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let api: Client
let agent: GovernedAgent
let issuer: WorkloadIssuer

before(async () => {
  tabard = stack.use(await runTabard())
  api = (await signInFirst(tabard.server, "Ada")).api
  const { launch } = stack.use(await makeShiftingServer())
  await api.registerServer({ name: "notes", launch })
  agent = await governAgent(tabard.server, api)
  issuer = stack.use(await startWorkloadIssuer())
})
after(() => stack.disposeAsync())

describe("a trust rule over the API", () => {
  it("shows before it is saved what it would take, signature and all, and keeps nothing of it", async () => {
    const { name: _, ...wish } = rule("any")
    const tokens = [await token(), await token({ sub: "ci/app-evil/main" }), "not a token"]
    const { terms, keys, tried } = await api.previewTrustRule({ ...wish, tokens })
    assert.deepEqual(keys, { found: true, said: null })
    assert.equal(terms.audience, `${tabard.server.publicUrl}/oauth`)
    const sent = tried.filter(({ from }) => from === "sent")
    assert.deepEqual(
      sent.map(({ accepted, faults }) => [accepted, faults.map(({ code }) => code)]),
      [
        [true, []],
        [false, ["condition"]],
        [false, ["malformed"]],
      ],
    )
    const [own, ...near] = tried.filter(({ from }) => from === "made-up")
    assert.equal(own?.accepted, true)
    assert.ok(near.length > 3 && near.every(({ accepted, faults }) => !accepted && faults.length > 0))
    assert.deepEqual((await api.listTrustRules({})).items, [])
  })

  it("says where the issuer's keys cannot be had", async () => {
    const { name: _, ...wish } = rule("any")
    const { keys } = await api.previewTrustRule({
      ...wish,
      keys: { kind: "address", url: `${issuer.url}/no` },
    })
    assert.equal(keys.found, false)
    assert.match(keys.said ?? "", /404/)
  })

  it("is made, tried, listed, shown with its use, and removed with everything that came of it", async () => {
    const made = await api.makeTrustRule(rule("deploys"))
    assert.deepEqual(
      made.warnings.map(({ code }) => code),
      ["wide", "reusable"],
    )
    assert.equal((await api.testTrustRule({ id: made.id, token: await token() })).accepted, true)
    assert.equal((await api.testTrustRule({ id: made.id, token: `${await token()}x` })).accepted, false)
    assert.deepEqual((await api.listTrustRules({ agent: agent.id })).items, [made])
    assert.deepEqual(await api.getTrustRule({ id: made.id }), made)
    const install = await installOf(made.instance)
    assert.equal(install.kind, "federated")
    assert.deepEqual(install.trustRule, { id: made.id, form: "openid", issuer: issuer.url })

    await api.removeTrustRule({ id: made.id, reason: "moved to another runner" })
    assert.equal((await installOf(made.instance)).trustRule, null)
    await refused(api.getTrustRule({ id: made.id }), "trust_rule_not_found")
    const { items } = await api.listEvents({ agent: agent.id, type: "trust-rule.removed" })
    assert.match(items[0]?.sentence ?? "", /removed the trust rule deploys/)
  })

  it("is refused with what to fill in otherwise", async () => {
    const wrong: readonly (readonly [TrustRuleInput, RegExp])[] = [
      [{ ...rule("a"), fields: { form: "gcp", uniqueId: "me@x.iam.gserviceaccount.com" } }, /digits alone/],
      [{ ...rule("b"), fields: { form: "entra", tenant: "common", objectId: "x" } }, /common/],
      [{ ...rule("c"), keys: { kind: "address", url: "https://169.254.169.254/keys" } }, /not open/],
      [{ ...rule("d"), keys: { kind: "address", url: "http://keys.example/" } }, /https/],
      [{ ...rule("e"), keys: { kind: "inline", keys: [{ kty: "oct", k: "c2VjcmV0" }] } }, /private half/],
    ]
    for (const [input, words] of wrong) {
      const problem = await refused(api.makeTrustRule(input), "trust_rule_invalid")
      assert.match(problem.message, words)
    }
    const hours = [{ days: ["mon"], from: "08:00", to: "18:00", zone: "Mars/Olympus" }] as const
    const problem = await refused(api.makeTrustRule({ ...rule("f"), hours }), "body_invalid")
    assert.match(problem.message, /no time zone Mars/)
  })

  it("is made, tried and removed on the command line", async () => {
    const { token: secret } = await api.makeApiToken({
      purpose: "trust",
      scopes: ["trust:read", "trust:write"],
    })
    const command = async (...args: readonly string[]): Promise<readonly [number, string]> => {
      let text = ""
      const screen = { write: (said: string) => Boolean((text += said)) }
      const code = await main(["trust", ...args, "--server", tabard.server.publicUrl], {
        stdout: screen,
        stderr: screen,
        cwd: "/",
        home: "/",
        host: "test",
        env: { TABARD_TOKEN: secret },
        clock: systemClock,
        signal: new AbortController().signal,
      })
      return [code, text]
    }
    const form = [
      "openid",
      "--agent",
      agent.id,
      "--name",
      "typed",
      "--issuer",
      issuer.url,
      "--subject",
      "ci/app/main",
      "--network",
      "192.0.2.0/24",
      "--network",
      "10.0.0.0/8",
    ]
    const [previewed, told] = await command("add", ...form, "--preview")
    assert.equal(previewed, 0, told)
    assert.match(told, /takes {5}The workload itself/)
    assert.match(told, /refuses {3}A subject that begins alike/)
    assert.equal((await command("add", ...form))[0], 0)
    const [rule] = (await api.listTrustRules({ agent: agent.id })).items
    assert.equal(rule?.name, "typed")
    assert.match((await command("list"))[1], /typed/)
    const shown = (await command("show", rule.id))[1]
    assert.match(shown, /only if {3}sub has to be ci\/app\/main/)
    assert.match(shown, /from {6}10\.0\.0\.0\/8\nfrom {6}192\.0\.2\.0\/24/)
    const folder = await mkdtemp(join(tmpdir(), "tabard-trust-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, "token")
    await writeFile(file, await token())
    assert.equal((await command("test", rule.id, "--workload-token-file", file))[0], 0)
    await writeFile(file, await token({ sub: "ci/app/other" }))
    const [refusedBy, why] = await command("test", rule.id, "--workload-token-file", file)
    assert.equal(refusedBy, 1)
    assert.match(why, /sub has to be ci\/app\/main/)
    assert.equal((await command("remove", rule.id, "--reason", "over"))[0], 0)
    assert.equal((await command("add", "openid", "--repository", "a/b", "--agent", "x", "--name", "x"))[0], 2)
  })

  it("is told of, with keys and delegations, to whoever is asked to answer for its agent", async () => {
    const [other, member] = [await governAgent(tabard.server, api), await addPerson(tabard.server, "member")]
    await api.makeTrustRule({ ...rule("deploys"), agent: other.id })
    await api.allowDelegation({ id: agent.id, to: other.id })
    const withdrawn = await api.allowDelegation({ id: other.id, to: agent.id })
    await api.withdrawDelegation({ id: withdrawn.id })
    const { items: said } = await api.listEvents({ agent: other.id, type: "delegation.allowed" })
    assert.match(said[0]?.sentence ?? "", /^Ada let [^_]+ act for [^_]+$/, "both by their names")
    await api.offerOwnership({ id: other.id, to: member.user.id })
    const { items } = await apiOf(member).listOffers({})
    assert.deepEqual(
      items.map(({ brings }) => brings),
      [{ keys: 1, trustRules: 1, clients: 0, delegations: 1 }],
    )
  })

  it("ends with its agent", async () => {
    const other = await governAgent(tabard.server, api)
    const made = await api.makeTrustRule({ ...rule("deploys"), agent: other.id })
    await api.retireAgent({ id: other.id, reason: "over" })
    await refused(api.getTrustRule({ id: made.id }), "trust_rule_not_found")
  })
})

async function installOf(id: string): Promise<InstanceView> {
  const { instances } = await api.getAgent({ id: agent.id })
  return instances.find((each) => each.id === id) ?? assert.fail(`${id} is no install`)
}

function apiOf({ cookie }: Person): Client {
  return createClient(tabard.server.publicUrl, (url, init) =>
    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), cookie } }),
  )
}

function rule(name: string): TrustRuleInput {
  return { agent: agent.id, name, fields: { form: "openid", issuer: issuer.url, subjectPrefix: "ci/app/" } }
}

function token(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return issuer.token({ sub: "ci/app/main", aud: `${tabard.server.publicUrl}/oauth`, ...claims })
}

async function refused(act: Promise<unknown>, code: string): Promise<Error> {
  const error: unknown = await act.then(
    () => assert.fail("it was not refused"),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof ApiProblem, String(error))
  assert.equal(error.code, code, error.message)
  return error
}
