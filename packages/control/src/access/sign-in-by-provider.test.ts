import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { addTeamMember, makeTeam } from "../directory/teams.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { putSignInSettings } from "./put-sign-in-settings.ts"
import { type ProviderWord, signInByProvider } from "./sign-in-by-provider.ts"

const WORD: ProviderWord = {
  issuer: "https://id.example",
  subject: "1",
  email: "bob@acme.example",
  emailVerified: true,
  agent: null,
}
const REFUSED = { code: "sign_in_refused" }

describe("signing in by a provider", () => {
  it("finds a person by verified email once, and by issuer and subject for ever after", async () => {
    await using world = await openControlWorld()
    const bob = await world.person("member", { email: "Bob@acme.example" })
    assert.equal((await signInByProvider(world, WORD)).user.id, bob.id)
    const moved = { ...WORD, email: "robert@acme.example", emailVerified: false }
    assert.equal((await signInByProvider(world, moved)).user.id, bob.id)
    assert.equal((await world.events("person.bound")).length, 1)
    assert.equal((await world.events("session.started")).length, 2)
  })

  it("lets nobody take a bound person's place by their email", async () => {
    await using world = await openControlWorld()
    await world.person("administrator", { email: WORD.email ?? "" })
    await signInByProvider(world, WORD)
    await assert.rejects(signInByProvider(world, { ...WORD, subject: "2" }), REFUSED)
  })

  it("refuses the unknown, the unverified and the switched off, makes nobody and binds nothing", async () => {
    await using world = await openControlWorld()
    const bob = await world.person("member", { email: "bob@acme.example" })
    for (const word of [
      { ...WORD, email: "eve@acme.example" },
      { ...WORD, email: undefined },
      { ...WORD, emailVerified: false },
    ]) {
      await assert.rejects(signInByProvider(world, word), REFUSED)
    }
    await world.transact(({ users }) => users.setActive(bob.id, false))
    await assert.rejects(signInByProvider(world, WORD), REFUSED)
    assert.equal((await world.snapshot(({ users }) => users.list())).length, 1)
    assert.equal(await world.snapshot(({ bindings }) => bindings.find(WORD)), undefined)
    assert.deepEqual(await world.events(), [])
  })
})

describe("coming in without an invitation", () => {
  it("is for verified addresses of the settled domains, as a member, with an event", async () => {
    await using world = await openControlWorld()
    await settle(world, ["acme.example"])
    const { user } = await signInByProvider(world, {
      ...WORD,
      email: "Bob@ACME.example",
      name: "Bob\u0000\nB",
    })
    assert.deepEqual(
      [user.name, user.email, user.role, user.active],
      ["Bob B", "Bob@ACME.example", "member", true],
    )
    assert.deepEqual(
      (await world.events("person.provisioned", "person.bound")).map(({ type, data }) => [type, data]),
      [
        ["person.provisioned", { user: user.id, issuer: WORD.issuer, role: "member" }],
        ["person.bound", { user: user.id, issuer: WORD.issuer }],
      ],
    )
    assert.equal((await signInByProvider(world, WORD)).user.id, user.id)
    assert.equal(
      (await signInByProvider(world, { ...WORD, subject: "2", email: "eve@acme.example" })).user.name,
      "eve@acme.example",
    )
  })

  it("is for nobody else: other domains, those below, lookalikes, unverified ones, no address", async () => {
    await using world = await openControlWorld()
    await settle(world, ["acme.example"])
    for (const email of [
      "eve@evil.example",
      "eve@sub.acme.example",
      "eve@notacme.example",
      "eve@acme.example.evil.example",
      "eve@evil.example@acme.example",
      "eve @acme.example",
      "@acme.example",
      "acme.example",
      "eve@acme.example\u0000",
      "eve@acme.example.",
    ]) {
      await assert.rejects(signInByProvider(world, { ...WORD, email }), REFUSED, email)
    }
    await assert.rejects(signInByProvider(world, { ...WORD, emailVerified: false }), REFUSED)
    assert.equal((await world.snapshot(({ users }) => users.list())).length, 1)
  })

  it("is for nobody who was switched off, nor by another identity of somebody who is here", async () => {
    await using world = await openControlWorld()
    await settle(world, ["acme.example"])
    await world.person("member", { email: "bob@acme.example", active: false })
    await assert.rejects(signInByProvider(world, WORD), REFUSED)
    await signInByProvider(world, { ...WORD, subject: "2", email: "cat@acme.example" })
    await assert.rejects(
      signInByProvider(world, { ...WORD, subject: "3", email: "cat@acme.example" }),
      REFUSED,
    )
  })

  it("is settled by administrators alone, as domains, and for none at first", async () => {
    await using world = await openControlWorld()
    await assert.rejects(signInByProvider(world, WORD), REFUSED)
    const ann = await world.person("administrator")
    const security = await world.person("security", { email: "s@acme.example" })
    await assert.rejects(putSignInSettings(world, security, { domains: [] }), { code: "not_allowed" })
    for (const domain of [
      "",
      "com",
      "*.acme.example",
      "@acme.example",
      "a b.example",
      "acme..example",
      "1.2.3.4",
    ])
      await assert.rejects(
        putSignInSettings(world, ann, { domains: [domain] }),
        { code: "body_invalid" },
        domain,
      )
    const domains = [" B.example", "a.EXAMPLE", "b.example"]
    assert.deepEqual(await putSignInSettings(world, ann, { domains }), {
      domains: ["a.example", "b.example"],
    })
    await putSignInSettings(world, ann, { domains: ["a.example", "b.example"] })
    assert.equal((await world.events("settings.changed")).length, 1)
  })
})

describe("the groups that a provider names", () => {
  it("are the teams that it keeps, at each sign-in, and no other team", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const bob = await world.person("member", { email: "bob@acme.example" })
    const kept = { keptBy: "provider", lead: null } as const
    const web = await makeTeam(world, ann, { name: "Web", externalName: "g-web", ...kept })
    const ops = await makeTeam(world, ann, { name: "Ops", externalName: "g-ops", ...kept })
    const own = { name: "Own", externalName: "g-own", keptBy: "people", lead: null } as const
    await addTeamMember(world, ann, { team: await makeTeam(world, ann, own), user: bob.id })
    const version = await world.version()
    const after = async (groups: readonly string[] | undefined): Promise<readonly string[]> => {
      await signInByProvider(world, { ...WORD, groups })
      const teams = await world.snapshot((tx) => tx.teams.teamsOf([bob.id]))
      return (teams.get(bob.id) ?? []).map(({ name }) => name)
    }
    assert.deepEqual(await after(["g-web", "G-OPS", "<script>", "__proto__"]), ["Own", "Web"])
    assert.deepEqual(await after(["g-web"]), ["Own", "Web"])
    assert.deepEqual(await after(undefined), ["Own", "Web"], "where no claim names groups, nothing changes")
    assert.deepEqual(await after(["g-ops", "g-ops"]), ["Ops", "Own"])
    assert.deepEqual(await after([]), ["Own"])
    assert.equal(await world.version(), version + 3)
    const provider = { kind: "system", id: "openid-provider" }
    const told = (await world.events("team.member-added", "team.member-removed")).slice(1)
    assert.deepEqual(
      told.map(({ type, actor, data }) => [type, actor, data]),
      [
        ["team.member-added", provider, { team: web, name: "Web", user: bob.id }],
        ["team.member-added", provider, { team: ops, name: "Ops", user: bob.id }],
        ["team.member-removed", provider, { team: web, name: "Web", user: bob.id }],
        ["team.member-removed", provider, { team: ops, name: "Ops", user: bob.id }],
      ],
    )
  })

  it("of somebody who is refused change nothing", async () => {
    await using world = await openControlWorld()
    const ann = await world.person("administrator")
    const bob = await world.person("member", { email: "bob@acme.example" })
    await signInByProvider(world, WORD)
    const words = { name: "Web", externalName: "g-web", keptBy: "provider", lead: null } as const
    const team = await makeTeam(world, ann, words)
    await world.transact(({ users }) => users.setActive(bob.id, false))
    await assert.rejects(signInByProvider(world, { ...WORD, groups: ["g-web"] }), REFUSED)
    assert.deepEqual(await world.snapshot(({ teams }) => teams.membersOf([team])), [])
  })
})

async function settle(world: ControlWorld, domains: readonly string[]): Promise<void> {
  const ann = await world.person("administrator", { email: "ann@elsewhere.example" })
  await putSignInSettings(world, ann, { domains })
}
