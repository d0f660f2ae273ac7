import type { DirectoryPersonView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { filterPeople } from "./filter-people.ts"

const ANN = person({
  id: "1",
  name: "Änn Berg",
  email: "ann@acme.example",
  teams: [{ id: "t", name: "Web" }],
})
const BOB = person({
  id: "2",
  name: "Bob",
  email: "bob@acme.example",
  role: "auditor",
  manager: { id: "1", name: "Änn Berg" },
})
const OFF = person({ id: "3", name: "Off", email: "off@acme.example", active: false })
const ALL = [ANN, BOB, OFF]

describe("the people that an address asks for", () => {
  it("are the active ones, and those who were switched off where it says so", () => {
    expect(filterPeople(ALL, {})).toEqual([ANN, BOB])
    expect(filterPeople(ALL, { off: "yes" })).toEqual(ALL)
  })

  it("are found by every word of name, email, team and manager, without regard to case and accents", () => {
    expect(filterPeople(ALL, { q: "ANN berg" })).toEqual([ANN, BOB])
    expect(filterPeople(ALL, { q: "web ann" })).toEqual([ANN])
    expect(filterPeople(ALL, { q: "bob@ nobody" })).toEqual([])
  })

  it("have the role that it names", () => {
    expect(filterPeople(ALL, { role: "auditor" })).toEqual([BOB])
  })
})

function person(differs: Partial<DirectoryPersonView>): DirectoryPersonView {
  const nobody = { id: "0", name: "", email: "", role: "member", active: true, erased: false } as const
  return { ...nobody, manager: null, teams: [], keptBy: "people", ...differs }
}
