import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { LONGEST_LINE, type Team, type User } from "@tabard/core"
import { changeProvisioned } from "../../scim/change-provisioned.ts"
import { provisionPerson } from "../../scim/provision-person.ts"
import { provisionTeam } from "../../scim/provision-team.ts"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { addTeamMember, makeTeam } from "../teams.ts"
import { exportPeople } from "./export-people.ts"
import { type ImportedPeople, importPeople, type PeopleToImport } from "./import-people.ts"

const HEAD = "email,name,role,manager,teams"

describe("importing people", () => {
  it("tells first what it would do with each line, and then does it, all at once", async () => {
    await using world = await openControlWorld()
    const { ann, bob } = await lay(world)
    const csv = [
      HEAD,
      "cat@acme.example,Cat,auditor,dan@acme.example,Web; Ops",
      "dan@acme.example,Dan,,,",
      "BOB@acme.example,Robert,,dan@acme.example,Ops",
    ].join("\n")
    const looked = await imported(world, ann, csv, { apply: false })
    assert.deepEqual([looked.applied, await names(world)], [false, ["Ann", "Bob", "Gone"]])
    const done = await imported(world, ann, csv)
    assert.deepEqual(done.lines, looked.lines)
    assert.deepEqual(
      done.lines.map(({ does, says }) => [does, says]),
      [
        [
          "enter",
          ["enters a new auditor", "who answers to dan@acme.example", "joins Web", "joins Ops, a new team"],
        ],
        ["enter", ["enters a new member"]],
        [
          "change",
          [
            "changes the name from Bob to Robert",
            "says that they answer to dan@acme.example",
            "joins Ops, a new team",
            "leaves Web",
          ],
        ],
      ],
    )
    assert.match(await exported(world), /^cat@acme.example,Cat,auditor,dan@acme.example,Ops; Web,active\r$/m)
    assert.match(await exported(world), /^bob@acme.example,Robert,member,dan@acme.example,Ops,active\r$/m)
    const told = await world.events("person.entered", "person.renamed", "people.imported", "team.made")
    assert.deepEqual(told.map(({ type }) => type).slice(2), [
      "person.entered",
      "person.entered",
      "person.renamed",
      "team.made",
      "people.imported",
    ])
    const { id } = bob
    assert.equal((await world.snapshot(({ users }) => users.find(id)))?.name, "Robert")
  })

  it("leaves to SCIM what SCIM keeps: names, who is switched off there, and its teams", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    const said = { userName: "mira@acme.example", words: { displayName: "Mira" } }
    const mira = await provisionPerson(world, ann, said)
    const team = { name: "Sales, EMEA", members: [{ does: "add", users: [mira] }] } as const
    await provisionTeam(world, ann, team)
    const line = async (cells: string) =>
      (await imported(world, ann, [HEAD, `mira@acme.example,${cells}`].join("\n"))).lines[0]
    assert.equal((await line("Mirabel,,,"))?.does, "refused")
    assert.equal((await line("Mira,,,"))?.does, "nothing")
    assert.ok(!(await exported(world)).includes("Sales"))
    assert.equal((await line(",auditor,,Ops"))?.does, "change")
    assert.equal((await line(",auditor,,Ops"))?.does, "nothing")
    await changeProvisioned(world, ann, mira, { active: false })
    const csv = `${HEAD}\nmira@acme.example,,,,`
    const { lines } = await imported(world, ann, csv, { reactivate: true })
    assert.deepEqual(lines[0]?.says, ["your directory switched them off over SCIM"])
  })

  it("changes nothing where the same file, or what was exported, comes again", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    const csv = `${HEAD}\ncat@acme.example,"=Cat, ""the"" first",,ann@acme.example,Web\n`
    await imported(world, ann, csv)
    const before = await world.events()
    for (const again of [csv, await exported(world)]) {
      const { lines, applied } = await imported(world, ann, again)
      assert.deepEqual([applied, lines.filter(({ does }) => does !== "nothing")], [true, []])
    }
    assert.deepEqual(await world.events(), before)
    assert.match(await exported(world), /,"'=Cat, ""the"" first",/)
  })

  it("takes nothing where one line cannot be taken, and says why of each", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    for (const [line, why] of [
      [",Nobody,,,", /email: it is empty/],
      ["no address,X,,,", /no email address/],
      ["x@acme.example,,,,", /name: it is empty/],
      ["x@acme.example,X,owner,,", /none of administrator, security/],
      ["x@acme.example,X,administrator,,", /nobody becomes administrator by a file/],
      ["bob@acme.example,,administrator,,", /nobody becomes administrator by a file/],
      ["x@acme.example,X,,nobody@acme.example,", /nobody here or in the file/],
      ["x@acme.example,X,,gone@acme.example,", /switched off/],
      ["x@acme.example,X,,x@acme.example,", /above themselves/],
      ["x@acme.example,X,,,Kept", /what the OpenID provider says/],
      ["good@acme.example,Again,,,", /line 2 is about them/],
      ["x@acme.example,X,,,,,more", /more cells than there are columns/],
      ['x@acme.example,"X\u0007",,,', /control characters/],
    ] as const) {
      const { applied, lines } = await imported(world, ann, `${HEAD}\ngood@acme.example,Good,,,\n${line}`)
      const refused = lines.filter(({ does }) => does === "refused")
      assert.deepEqual([applied, refused.length], [false, 1], line)
      assert.match(refused[0]?.says.join() ?? "", why)
    }
    assert.deepEqual(await names(world), ["Ann", "Bob", "Gone"])
  })

  it("is for administrators, and gives nobody a session or a link", async () => {
    await using world = await openControlWorld()
    const { ann, bob } = await lay(world)
    await assert.rejects(imported(world, bob, HEAD), { code: "not_allowed" })
    await assert.rejects(imported(world, ann, "name\nX"), { code: "people_invalid" })
    await imported(world, ann, `${HEAD}\ncat@acme.example,Cat,,,`)
    assert.deepEqual(await world.events("person.invited", "session.started"), [])
  })
})

describe("people who were switched off", () => {
  it("stay so, unless it is said that the file lets them in again", async () => {
    await using world = await openControlWorld()
    const { ann, gone } = await lay(world)
    const csv = `${HEAD}\ngone@acme.example,Back,security,,`
    const { lines } = await imported(world, ann, csv)
    assert.deepEqual([lines[0]?.does, lines[0]?.says], ["nothing", ["is switched off, and stays so"]])
    await imported(world, ann, csv, { reactivate: true })
    const back = await world.snapshot(({ users }) => users.find(gone.id))
    assert.deepEqual([back?.active, back?.name, back?.role], [true, "Back", "security"])
    assert.equal((await world.events("person.reactivated")).length, 1)
  })
})

describe("people who are not in the file", () => {
  it("are told and left alone, unless they are to be switched off and their number is confirmed", async () => {
    await using world = await openControlWorld()
    const { ann, bob } = await lay(world)
    const csv = `${HEAD}\ncat@acme.example,Cat,,,`
    const { missing, deactivated } = await imported(world, ann, csv, { apply: false })
    assert.deepEqual([missing.map(({ name }) => name), deactivated], [["Bob"], 0])
    for (const deactivateMissing of [0, 2])
      await assert.rejects(imported(world, ann, csv, { deactivateMissing }), { code: "people_invalid" })
    assert.deepEqual(await names(world), ["Ann", "Bob", "Gone"])
    const done = await imported(world, ann, csv, { deactivateMissing: 1 })
    assert.deepEqual([done.applied, done.deactivated], [true, 1])
    const off = await world.snapshot(({ users }) => users.find(bob.id))
    assert.equal(off?.active, false)
    const told = await world.events("person.deactivated")
    assert.deepEqual(
      told.map(({ data }) => Reflect.get(Object(data), "user")),
      [bob.id],
    )
  })

  it("are never whoever imports it, and an administrator always stays", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    const eve = await world.person("administrator", { name: "Eve", email: "eve@acme.example" })
    const lowers = `${HEAD}\nann@acme.example,,member,,\neve@acme.example,,member,,`
    const { lines, applied } = await imported(world, ann, lowers)
    assert.deepEqual([lines.map(({ does }) => does), applied], [["refused", "refused"], false])
    const csv = `${HEAD}\nann@acme.example,,member,,`
    const refused = await imported(world, ann, csv, { deactivateMissing: 2 })
    assert.equal(refused.applied, false)
    await imported(world, ann, `${HEAD}\nbob@acme.example,,,,`, { deactivateMissing: 1 })
    const left = await world.snapshot(({ users }) => users.list())
    assert.deepEqual(
      left.filter(({ active }) => active).map(({ name }) => name),
      ["Ann", "Bob"],
    )
    assert.equal(left.find(({ id }) => id === eve.id)?.active, false)
  })
})

describe("the teams of a file", () => {
  it("are looked up without going through all teams for each name on each line", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    let looks = 0
    const counting: ControlWorld["snapshot"] = (work) =>
      world.snapshot(async (tx) => {
        const list = async () => (await tx.teams.list()).map((team) => counted(team, () => looks++))
        return work({ ...tx, teams: { ...tx.teams, list } })
      })
    const lines = Array.from({ length: 200 }, (_, n) => `p${n}@acme.example,P${n},,,Web; Other; Third`)
    await imported({ ...world, snapshot: counting }, ann, [HEAD, ...lines].join("\n"), { apply: false })
    assert.ok(looks < 600, `${looks} looks at 2 teams for 600 names`)
  })
})

describe("the managers of a file", () => {
  it("may change places, and never stand above themselves, also together with who is here", async () => {
    await using world = await openControlWorld()
    const { ann } = await lay(world)
    const chain = (pairs: readonly (readonly [string, string])[]) =>
      [HEAD, ...pairs.map(([of, to]) => `${of}@acme.example,${of},,${to && `${to}@acme.example`},`)].join(
        "\n",
      )
    const first = await imported(
      world,
      ann,
      chain([
        ["x", "y"],
        ["y", "z"],
        ["z", ""],
      ]),
    )
    assert.equal(first.applied, true)
    const turned = await imported(
      world,
      ann,
      chain([
        ["z", "y"],
        ["y", "x"],
      ]),
    )
    assert.deepEqual([turned.applied, turned.lines.map(({ does }) => does)], [false, ["refused", "refused"]])
    assert.equal(
      (
        await imported(
          world,
          ann,
          chain([
            ["x", "ann"],
            ["y", "x"],
            ["z", "y"],
          ]),
        )
      ).applied,
      true,
    )
    assert.match(await exported(world), /^z@acme.example,z,member,y@acme.example,,active\r$/m)
    const long = Array.from({ length: LONGEST_LINE + 2 }, (_, n) => [`p${n}`, n ? `p${n - 1}` : ""] as const)
    const refused = (await imported(world, ann, chain(long))).lines.filter(({ does }) => does === "refused")
    assert.equal(refused.length, 1)
  })
})

/** The same team, which tells whenever somebody looks at its name. */
function counted(team: Team, look: () => void): Team {
  return {
    ...team,
    get name() {
      look()
      return team.name
    },
  }
}

async function lay(world: ControlWorld) {
  const ann = await world.person("administrator", { name: "Ann", email: "ann@acme.example" })
  const bob = await world.person("member", { name: "Bob", email: "bob@acme.example" })
  const gone = await world.person("member", { name: "Gone", email: "gone@acme.example", active: false })
  const words = { externalName: null, keptBy: "people", lead: null } as const
  const web = await makeTeam(world, ann, { name: "Web", ...words })
  await addTeamMember(world, ann, { team: web, user: bob.id })
  await makeTeam(world, ann, { name: "Kept", externalName: "g-1", keptBy: "provider", lead: null })
  return { ann, bob, gone }
}

function imported(
  world: ControlWorld,
  by: User,
  csv: string,
  wish: Partial<PeopleToImport> = {},
): Promise<ImportedPeople> {
  return importPeople(world, by, {
    csv,
    apply: true,
    reactivate: false,
    deactivateMissing: undefined,
    ...wish,
  })
}

async function exported(world: ControlWorld): Promise<string> {
  return (await world.snapshot(exportPeople)).csv
}

async function names(world: ControlWorld): Promise<readonly string[]> {
  return (await world.snapshot(({ users }) => users.list())).map(({ name }) => name)
}
