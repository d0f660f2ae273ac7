import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { ApiProblem, type Client, createClient } from "@tabard/api"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

let tabard: RunningTabard
before(async () => {
  tabard = await runTabard()
})
after(async () => {
  assert.deepEqual(tabard.faults, [])
  await tabard[Symbol.asyncDispose]()
})

describe("saved views", () => {
  it("are one's own: saved, listed, changed and removed, and nobody else's at all", async () => {
    const [ada, bob] = [await person(), await person()]
    const view = await ada.saveView({ name: "High and nobody's", search: "band=high&orphaned=yes" })
    assert.deepEqual((await ada.listViews({})).items, [view])
    assert.deepEqual((await bob.listViews({})).items, [])
    await refused(bob.changeView({ id: view.id, name: "Mine", search: "" }), "view_not_found")
    await refused(bob.removeView({ id: view.id }), "view_not_found")

    const changed = await ada.changeView({ id: view.id, name: "Urgent", search: "band=critical" })
    assert.deepEqual([changed.id, changed.name, changed.search], [view.id, "Urgent", "band=critical"])
    await ada.removeView({ id: view.id })
    assert.deepEqual((await ada.listViews({})).items, [])
    await refused(ada.removeView({ id: view.id }), "view_not_found")
    const told = (await ada.listEvents({ type: "view.removed" })).items.map(({ sentence }) => sentence)
    assert.deepEqual(told, ["administrator removed a saved view of their own"])
  })

  it("have names of their own, and are at most fifty", async () => {
    const ada = await person()
    const one = await ada.saveView({ name: "One", search: "" })
    await refused(ada.saveView({ name: "One", search: "q=x" }), "view_conflict")
    const two = await ada.saveView({ name: "Two", search: "" })
    await refused(ada.changeView({ id: two.id, name: "One", search: "" }), "view_conflict")
    for (let n = 3; n <= 50; n++) await ada.saveView({ name: String(n), search: "" })
    await refused(ada.saveView({ name: "One more", search: "" }), "view_conflict")
    await ada.removeView({ id: one.id })
    await ada.saveView({ name: "One more", search: "" })
  })

  it("hold a name and the search of an address, and nothing else", async () => {
    const ada = await person()
    for (const wrong of [
      { name: "", search: "" },
      { name: "x".repeat(81), search: "" },
      { name: "bell\u0007", search: "" },
      { name: "x", search: "q=a b" },
      { name: "x", search: "x".repeat(2001) },
    ])
      await refused(ada.saveView(wrong), "body_invalid")
  })
})

async function person(): Promise<Client> {
  const { cookie } = await addPerson(tabard.server, "administrator")
  return createClient(tabard.server.publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
}

async function refused(asking: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(asking, (error) => error instanceof ApiProblem && error.code === code)
}
