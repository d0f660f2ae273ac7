import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { ENTRA_GROUP, ENTRA_USER } from "../world/scim/entra-sequence.ts"
import { OKTA_CONNECT, OKTA_GROUP, OKTA_USER } from "../world/scim/okta-sequence.ts"
import { type ScimClient, scimClient } from "../world/scim/scim-client.ts"

let tabard: RunningTabard
let ann: SignedInPerson
let directory: ScimClient

before(async () => {
  tabard = await runTabard()
  ann = await signInFirst(tabard.server, "Ann")
  directory = await scimClient(tabard.server, ann)
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("Microsoft Entra's requests, as they are sent", () => {
  it("bring, change, switch off, let in and delete a person", async () => {
    const known = await directory.play(ENTRA_USER)
    assert.notEqual(known.get("next"), known.get("user"))
  })

  it("bring, fill, empty, rename and delete a group", async () => {
    await directory.play(ENTRA_GROUP)
  })
})

describe("Okta's requests, as they are sent", () => {
  it("connect", async () => {
    await directory.play(OKTA_CONNECT)
  })

  it("bring, change, switch off and let in a person", async () => {
    await directory.play(OKTA_USER)
  })

  it("push, fill, rename and unlink a group", async () => {
    await directory.play(OKTA_GROUP)
  })
})
