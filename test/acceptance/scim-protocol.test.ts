import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { ScimClient, scimClient } from "../world/scim/scim-client.ts"

const USER = "urn:ietf:params:scim:schemas:core:2.0:User"
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
const ID = /^usr_/

let tabard: RunningTabard
let ann: SignedInPerson
let directory: ScimClient
let bea: string
let cid: string
let group: string

before(async () => {
  tabard = await runTabard()
  ann = await signInFirst(tabard.server, "Ann")
  directory = await scimClient(tabard.server, ann)
  bea = await made("/Users", {
    userName: "Bea@acme.test",
    externalId: "X-bea",
    displayName: "Bea Ito",
    title: "Lead",
    [ENTERPRISE]: { department: "Sales" },
  })
  cid = await made("/Users", { userName: "cid@acme.test", displayName: "Cid", active: false })
  group = await made("/Groups", { displayName: "Sales", members: [{ value: bea }] })
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("who may speak SCIM", () => {
  it("RFC7644 §2: nobody without a bearer token that works, and how to is said in the challenge", async () => {
    const strangers = ["", "nonsense", `tbd_${"0".repeat(46)}`]
    for (const token of strangers) {
      const answer = await new ScimClient(tabard.server, token).ask("GET", "/Users")
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="tabard"')
      assert.deepEqual(answer.body?.["schemas"], [ERROR])
    }
    const basic = await fetch(`${tabard.server.publicUrl}/scim/v2/Users`, {
      headers: { authorization: "Basic b2t0YTp0b2tlbg==" },
    })
    assert.equal(basic.status, 401)
  })

  it("RFC7644 §2: a session's cookie is nothing here", async () => {
    const answer = await fetch(`${tabard.server.publicUrl}/scim/v2/Users`, {
      headers: { cookie: ann.cookie(), "x-tabard": "1" },
    })
    assert.equal(answer.status, 401)
  })

  it("RFC7644 §2: a token that was made for something else is forbidden, and one for SCIM is for nothing else", async () => {
    const { token } = await ann.api.makeApiToken({
      purpose: "Import",
      role: "administrator",
      scopes: ["people:write", "read"],
    })
    assert.equal((await new ScimClient(tabard.server, token).ask("GET", "/Users")).status, 403)
    await assert.rejects(ann.api.makeApiToken({ purpose: "Both", scopes: ["scim", "read"] }), {
      code: "body_invalid",
    })
    const scim = await ann.api.makeApiToken({ purpose: "SCIM", role: "administrator", scopes: ["scim"] })
    for (const path of ["/people", "/agents", "/session"]) {
      const answer = await fetch(`${tabard.server.publicUrl}/api/v1${path}`, {
        headers: { authorization: `Bearer ${scim.token}` },
      })
      assert.equal(answer.status, 403, path)
    }
  })

  it("RFC7644 §2: a token that was revoked is refused at the next request", async () => {
    const { token, id } = await ann.api.makeApiToken({ purpose: "Old", scopes: ["scim"] })
    const old = new ScimClient(tabard.server, token)
    assert.equal((await old.ask("GET", "/Users?count=0")).status, 200)
    await ann.api.revokeApiToken({ id, reason: "rotated" })
    assert.equal((await old.ask("GET", "/Users?count=0")).status, 401)
  })
})

describe("resources", () => {
  it("RFC7643 §3.1: have id, schemas and meta, and are at their location", async () => {
    const { body } = await directory.ask("GET", `/Users/${bea}`)
    assert.deepEqual(body?.["schemas"], [USER, ENTERPRISE])
    const meta = body?.["meta"] as Record<string, string>
    assert.equal(meta["location"], `${tabard.server.publicUrl}/scim/v2/Users/${bea}`)
    assert.ok(meta["created"] && meta["lastModified"])
  })

  it("RFC7643 §2.1: attributes are named without regard to case", async () => {
    const id = await made("/Users", { USERNAME: "case@acme.test", DisplayName: "Case", Active: "FALSE" })
    const { body } = await directory.ask("GET", `/Users/${id}`)
    assert.deepEqual([body?.["displayName"], body?.["active"]], ["Case", false])
  })

  it("RFC7643 §4.1.1: a password is never kept nor answered", async () => {
    const answer = await directory.ask("POST", "/Users", {
      userName: "secret@acme.test",
      password: "hunter2-canary",
    })
    assert.equal(answer.status, 201)
    const told = await ann.api.exportEvents({ form: "jsonl" })
    assert.ok(!JSON.stringify([answer.body, told]).includes("hunter2-canary"))
  })

  it("RFC7644 §3.3: are created with 201, their location and all that is kept", async () => {
    const answer = await directory.ask("POST", "/Users", { userName: "made@acme.test" })
    assert.equal(answer.status, 201)
    const meta = answer.body?.["meta"] as Record<string, string>
    assert.equal(answer.headers.get("location"), meta["location"])
    assert.match(String(answer.body?.["id"]), ID)
  })

  it("RFC7644 §3.3: that have a name which is another's are refused with 409 and uniqueness", async () => {
    for (const [path, body] of [
      ["/Users", { userName: "BEA@acme.test" }],
      ["/Groups", { displayName: "sales" }],
    ] as const) {
      const answer = await directory.ask("POST", path, body)
      assert.equal(answer.status, 409, path)
      assert.equal(answer.body?.["scimType"], "uniqueness")
    }
  })

  it("RFC7644 §3.6: are gone once they are deleted, and do not stand in the way of their name", async () => {
    const id = await made("/Users", { userName: "gone@acme.test" })
    assert.deepEqual(await status("DELETE", `/Users/${id}`), 204)
    for (const method of ["GET", "DELETE"]) assert.equal(await status(method, `/Users/${id}`), 404)
    assert.equal(
      await status("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: true } })),
      404,
    )
    assert.equal(await found('userName eq "gone@acme.test"'), 0)
    assert.notEqual(await made("/Users", { userName: "gone@acme.test" }), id)
  })

  it("RFC7644 §3.5.1: are replaced only with all that is needed, and never made by it", async () => {
    assert.equal(await status("PUT", `/Users/${bea}`, { displayName: "Bea Ito" }), 400)
    assert.equal(await status("PUT", "/Users/usr_nobody", { userName: "new@acme.test" }), 404)
    const answer = await directory.ask("PUT", `/Users/${bea}`, {
      id: "usr_other",
      userName: "Bea@acme.test",
      displayName: "Bea Ito",
      meta: { created: "1999-01-01T00:00:00Z" },
    })
    assert.deepEqual([answer.status, answer.body?.["id"]], [200, bea])
  })

  it("RFC7644 §3.9: hold the attributes that are asked for, and id and schemas always", async () => {
    const keys = async (query: string) =>
      Object.keys((await directory.ask("GET", `/Users/${bea}?${query}`)).body ?? {}).toSorted()
    assert.deepEqual(await keys("attributes=userName"), ["id", "schemas", "userName"])
    const part = await directory.ask("GET", `/Users/${bea}?attributes=name.familyName,emails.value`)
    assert.deepEqual(
      [part.body?.["name"], part.body?.["emails"]],
      [{ familyName: "Ito" }, [{ value: "Bea@acme.test" }]],
    )
    assert.ok(!(await keys("excludedAttributes=emails,id,schemas,meta")).includes("emails"))
    assert.ok((await keys("excludedAttributes=id")).includes("id"))
    assert.deepEqual(
      await keys(`attributes=${ENTERPRISE}:department`),
      ["id", "schemas", ENTERPRISE].toSorted(),
    )
  })
})

describe("lists and filters", () => {
  it("RFC7644 §3.4.2: that match nothing are empty lists and no errors", async () => {
    const { status: code, body } = await directory.ask("GET", '/Users?filter=userName+eq+"nobody"')
    assert.equal(code, 200)
    assert.deepEqual([body?.["totalResults"], body?.["Resources"], body?.["itemsPerPage"]], [0, [], 0])
  })

  it("RFC7644 §3.4.2.2: compare as each operator says", async () => {
    for (const [filter, count] of [
      ['userName eq "bea@ACME.test"', 1],
      ['userName EQ "bea@acme.test"', 1],
      ['externalId eq "X-bea"', 1],
      ['externalId eq "x-BEA"', 0],
      [`id eq "${bea}"`, 1],
      ['emails.value eq "bea@acme.test"', 1],
      ['emails[type eq "work"].value eq "bea@acme.test"', 1],
      ['emails[type eq "work" and value co "@acme.test"] and displayName sw "Bea"', 1],
      ['emails[type eq "home"].value eq "bea@acme.test"', 0],
      ['displayName co "ea I"', 1],
      ['displayName ew "ito"', 1],
      ['displayName sw "bea" and title pr', 1],
      ["title pr", 1],
      ['userName eq "bea@acme.test" or userName eq "cid@acme.test"', 2],
      ['(userName eq "bea@acme.test" or userName eq "cid@acme.test") and active eq true', 1],
      ['userName eq "cid@acme.test" and not (active eq true)', 1],
      ['userName eq "cid@acme.test" and active eq "False"', 1],
      ['userName eq "cid@acme.test" and active ne true', 1],
      [`${ENTERPRISE}:department eq "sales"`, 1],
      [`${USER}:userName eq "bea@acme.test"`, 1],
      ['userName eq "bea@acme.test" and meta.created gt "2020-01-01T00:00:00Z"', 1],
      ['userName eq "bea@acme.test" and meta.created lt "2020-01-01T00:00:00Z"', 0],
      ['userName eq "bea@acme.test" and externalId eq null', 0],
      ['groups.value eq "tem_none"', 0],
      ['userName eq "\\" or userName pr or userName eq \\""', 0],
    ] as const)
      assert.equal(await found(filter), count, filter)
  })

  it("RFC7644 §3.4.2.2: and binds closer than or, and not closer than both", async () => {
    const either = 'userName eq "bea@acme.test" or userName eq "cid@acme.test" and active eq true'
    assert.equal(await found(either), 1)
    assert.equal(await found('not (active eq true) and userName eq "cid@acme.test"'), 1)
  })

  it("RFC7644 §3.12: that cannot be read are refused with 400 and invalidFilter", async () => {
    for (const filter of [
      "",
      "userName",
      "userName eq",
      "userName eq bea",
      'userName is "bea"',
      'userName eq "bea',
      '(userName eq "bea"',
      'userName eq "bea")',
      'not userName eq "bea"',
      'nobodyKnows eq "x"',
      'name eq "x"',
      "active gt true",
      'meta.created gt "yesterday"',
      'emails[type eq "work"',
      'password eq "x"',
      `${"(".repeat(40)}userName pr${")".repeat(40)}`,
      `userName eq "${"x".repeat(5000)}"`,
    ]) {
      const answer = await directory.ask("GET", `/Users?filter=${encodeURIComponent(filter)}`)
      assert.equal(answer.status, 400, filter.slice(0, 80))
      assert.equal(answer.body?.["scimType"], "invalidFilter", filter.slice(0, 80))
      assert.equal(answer.body?.["status"], "400")
    }
  })

  it("RFC7644 §3.4.2.4: begin at 1, count no more than asked, and come in one order", async () => {
    const page = async (query: string) => (await directory.ask("GET", `/Users?${query}`)).body
    const all = idsIn(await page("count=200"))
    const total = (await page("count=0"))?.["totalResults"]
    assert.deepEqual([total, idsIn(await page("count=0"))], [all.length, []])
    const walked = []
    for (let from = 1; from <= all.length; from += 2)
      walked.push(...idsIn(await page(`startIndex=${from}&count=2`)))
    assert.deepEqual(walked, all)
    assert.equal((await page("startIndex=0&count=1"))?.["startIndex"], 1)
    assert.deepEqual(idsIn(await page("startIndex=-5&count=1")), all.slice(0, 1))
    assert.deepEqual(idsIn(await page("count=-3")), [])
    assert.deepEqual(idsIn(await page(`startIndex=${all.length + 1}`)), [])
    assert.equal((await page("count=999999"))?.["itemsPerPage"], all.length)
    assert.equal((await directory.ask("GET", "/Users?count=many")).status, 400)
    const some = await page('filter=userName+co+"acme"&startIndex=2&count=1')
    assert.deepEqual(idsIn(some), idsIn(await page('filter=userName+co+"acme"')).slice(1, 2))
  })

  it("RFC7644 §3.4.3: are searched by POST as by GET", async () => {
    for (const [path, filter] of [
      ["/Users", 'userName eq "bea@acme.test"'],
      ["/Groups", 'displayName eq "sales"'],
    ] as const) {
      const answer = await directory.ask("POST", `${path}/.search`, { filter, attributes: ["id"], count: 1 })
      assert.deepEqual([answer.status, answer.body?.["totalResults"]], [200, 1])
      assert.deepEqual(Object.keys(listed(answer.body)[0] ?? {}), ["schemas", "id"])
    }
  })
})

describe("PATCH", () => {
  it("RFC7644 §3.5.2: is all or nothing", async () => {
    const wrong = patch(
      { op: "replace", path: "displayName", value: "Half done" },
      { op: "replace", path: "userName", value: "cid@acme.test" },
    )
    assert.equal(await status("PATCH", `/Users/${bea}`, wrong), 409)
    assert.equal(await displayed(bea), "Bea Ito")
  })

  it("RFC7644 §3.5.2: refuses operations that are none", async () => {
    for (const [body, type] of [
      [{}, "invalidSyntax"],
      [{ Operations: [] }, "invalidSyntax"],
      [patch({ op: "move", path: "title", value: "x" }), "invalidSyntax"],
      [patch({ op: "replace", value: "x" }), "invalidValue"],
      [patch({ op: "replace", path: "title" }), "invalidValue"],
      [patch({ op: "replace", path: "active", value: "perhaps" }), "invalidValue"],
      [patch({ op: "replace", path: "title", value: { x: 1 } }), "invalidValue"],
      [patch({ op: "replace", path: "title", value: "x".repeat(257) }), "invalidValue"],
      [patch({ op: "replace", path: 'emails[type eq "work"', value: "x" }), "invalidPath"],
      [patch({ op: "replace", path: "name..familyName", value: "x" }), "invalidPath"],
      [patch({ op: "replace", path: 7, value: "x" }), "invalidPath"],
    ] as const) {
      const answer = await directory.ask("PATCH", `/Users/${bea}`, body)
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.equal(answer.body?.["scimType"], type, JSON.stringify(body))
    }
  })

  it("RFC7644 §3.5.2.2: needs a path to remove, takes no needed attribute, and removes the others", async () => {
    const refused = async (operation: object) =>
      (await directory.ask("PATCH", `/Users/${bea}`, patch(operation))).body?.["scimType"]
    assert.equal(await refused({ op: "remove" }), "noTarget")
    assert.equal(await refused({ op: "remove", path: "userName" }), "mutability")
    assert.equal(await refused({ op: "remove", path: "active" }), "mutability")
    const answer = await directory.ask("PATCH", `/Users/${bea}`, patch({ op: "remove", path: "title" }))
    assert.deepEqual([answer.status, answer.body?.["title"]], [200, undefined])
  })

  it("RFC7644 §3.5.2: cannot write what is only read", async () => {
    for (const path of ["id", "meta.created", "groups", `${USER}:id`]) {
      const answer = await directory.ask("PATCH", `/Users/${bea}`, patch({ op: "replace", path, value: "x" }))
      assert.deepEqual([answer.status, answer.body?.["scimType"]], [400, "mutability"], path)
    }
  })

  it("RFC7643 §2: passes over attributes that are not kept here, and says nothing of them", async () => {
    const answer = await directory.ask(
      "PATCH",
      `/Users/${bea}`,
      patch(
        { op: "add", path: "nickName", value: "Bee" },
        { op: "add", path: 'addresses[type eq "work"].postalCode', value: "0150" },
        { op: "add", path: "urn:example:custom:2.0:User:tag", value: "x" },
        { op: "add", path: 'emails[type eq "other"].value', value: "bea@home.test" },
      ),
    )
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body?.["emails"], [{ value: "Bea@acme.test", type: "work", primary: true }])
    assert.equal(answer.body?.["nickName"], undefined)
  })

  it("RFC7644 §3.5.2: of a group is answered with 204, or with what is asked for", async () => {
    const add = patch({ op: "add", path: "members", value: { value: cid } })
    assert.equal(await status("PATCH", `/Groups/${group}`, add), 204)
    const answer = await directory.ask("PATCH", `/Groups/${group}?attributes=members.value`, add)
    assert.equal(answer.status, 200)
    assert.deepEqual(membersIn(answer.body), [bea, cid].toSorted())
  })

  it("RFC7644 §3.5.2.2: removes members that are chosen, named, or all of them", async () => {
    const members = async () => membersIn((await directory.ask("GET", `/Groups/${group}`)).body)
    const change = (operation: object) => status("PATCH", `/Groups/${group}`, patch(operation))
    await change({ op: "replace", path: "members", value: [{ value: bea }, { value: cid }] })
    await change({ op: "remove", path: `members[value eq "${bea}" or value eq "usr_none"]` })
    assert.deepEqual(await members(), [cid])
    await change({ op: "add", value: { members: [{ value: bea }] } })
    await change({ op: "remove", path: "members" })
    assert.deepEqual(await members(), [])
  })

  it("RFC7643 §4.2: refuses members who are nobody, and groups in groups", async () => {
    for (const value of [[{ value: "usr_nobody" }], [{ value: group, type: "Group" }], [{}]]) {
      const answer = await directory.ask(
        "PATCH",
        `/Groups/${group}`,
        patch({ op: "add", path: "members", value }),
      )
      assert.deepEqual([answer.status, answer.body?.["scimType"]], [400, "invalidValue"])
    }
  })
})

describe("what is spoken here", () => {
  it("RFC7644 §4: is told by ServiceProviderConfig, and is so", async () => {
    const { body } = await directory.ask("GET", "/ServiceProviderConfig")
    const supported = (name: string) => Object(body?.[name]).supported as unknown
    assert.deepEqual(["patch", "filter", "bulk", "sort", "etag", "changePassword"].map(supported), [
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    assert.equal(await status("POST", "/Bulk", { Operations: [] }), 501)
  })

  it("RFC7644 §3.11: /Me is said not to be", async () => {
    for (const method of ["GET", "PATCH"]) {
      const body = method === "GET" ? undefined : patch({ op: "replace", value: {} })
      assert.equal(await status(method, "/Me", body), 501)
    }
  })

  it("RFC7644 §4: lists types and schemas, one by one too, and refuses to filter them", async () => {
    for (const [path, ids] of [
      ["/ResourceTypes", ["User", "Group"]],
      ["/Schemas", [USER, "urn:ietf:params:scim:schemas:core:2.0:Group", ENTERPRISE]],
    ] as const) {
      const { body } = await directory.ask("GET", path)
      assert.deepEqual(idsIn(body), ids)
      for (const id of ids) {
        const one = await directory.ask("GET", `${path}/${id}`)
        assert.deepEqual([one.status, one.body?.["id"]], [200, id])
      }
      assert.equal(await status("GET", `${path}/nothing`), 404)
      assert.equal(await status("GET", `${path}?filter=id+pr`), 403)
    }
  })

  it("RFC7644 §3.12: refuses in its own words: the status as text, and what to do", async () => {
    for (const [method, path, body, code] of [
      ["GET", "/Users/nobody", undefined, 404],
      ["GET", "/Groups/nothing", undefined, 404],
      ["GET", "/nowhere", undefined, 404],
      ["POST", "/Users", "no JSON", 400],
      ["POST", "/Users", '{"userName":"a@b.test","userName":"c@d.test"}', 400],
      ["POST", "/Users", "[]", 400],
      ["POST", "/Users", {}, 400],
      ["POST", "/Users", { userName: "no address" }, 400],
      ["POST", "/Groups", { displayName: "two\nlines" }, 400],
    ] as const) {
      const answer = await directory.ask(method, path, body)
      assert.equal(answer.status, code, `${method} ${path}`)
      assert.deepEqual([answer.body?.["schemas"], answer.body?.["status"]], [[ERROR], String(code)])
      assert.ok(String(answer.body?.["detail"]).length > 10)
      assert.equal(answer.headers.get("content-type"), "application/scim+json")
    }
  })

  it("RFC7644 §8.1: takes SCIM's own type and JSON's, and no other", async () => {
    for (const [type, code] of [
      ["application/scim+json; charset=utf-8", 201],
      ["application/json", 201],
      ["text/plain", 400],
    ] as const) {
      const body = { userName: `${type.replaceAll(/\W/g, "-")}@acme.test` }
      assert.equal((await directory.ask("POST", "/Users", body, type)).status, code, type)
    }
  })

  it("RFC7644 §7: bounds what it reads", async () => {
    const answer = await directory.ask("POST", "/Users", `{"userName":"${"x".repeat(4 * 1024 * 1024)}"}`)
    assert.deepEqual([answer.status, answer.body?.["status"]], [413, "413"])
    const Operations = Array.from({ length: 1001 }, () => ({ op: "replace", path: "title", value: "x" }))
    const many = await directory.ask("PATCH", `/Users/${bea}`, { Operations })
    assert.deepEqual([many.status, many.body?.["scimType"]], [400, "tooMany"])
  })
})

async function made(path: string, body: object): Promise<string> {
  const answer = await directory.ask("POST", path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.body?.["id"])
}

async function status(method: string, path: string, body?: object): Promise<number> {
  return (await directory.ask(method, path, body)).status
}

async function found(filter: string): Promise<unknown> {
  const answer = await directory.ask("GET", `/Users?filter=${encodeURIComponent(filter)}`)
  assert.equal(answer.status, 200, `${filter}: ${JSON.stringify(answer.body)}`)
  return answer.body?.["totalResults"]
}

async function displayed(id: string): Promise<unknown> {
  return (await directory.ask("GET", `/Users/${id}`)).body?.["displayName"]
}

function patch(...Operations: readonly object[]): object {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }
}

function idsIn(body: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return listed(body).map(({ id }) => id)
}

function listed(body: Readonly<Record<string, unknown>> | undefined): readonly { readonly id: string }[] {
  const resources = body?.["Resources"]
  return Array.isArray(resources) ? resources : []
}

function membersIn(body: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const members = body?.["members"]
  return Array.isArray(members) ? members.map(({ value }: { value: string }) => value).toSorted() : []
}
