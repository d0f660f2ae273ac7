import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { allAskWords, askWords, readAskRoute, writeAskRoute } from "./ask-route.ts"

describe("who is asked", () => {
  it("is one party, a team, a person, or so many different people of several", () => {
    assert.deepEqual(readAskRoute("security"), { needed: 1, of: [{ kind: "party", party: "security" }] })
    assert.deepEqual(readAskRoute("team:Ops, West")?.of, [{ kind: "team", team: "Ops, West" }])
    assert.deepEqual(readAskRoute("person:ann@example.org")?.of, [
      { kind: "person", person: "ann@example.org" },
    ])
    assert.deepEqual(readAskRoute("2 of owner | team:Ops"), {
      needed: 2,
      of: [
        { kind: "party", party: "owner" },
        { kind: "team", team: "Ops" },
      ],
    })
  })

  it("is nobody where the text says anything else", () => {
    const texts = [
      "",
      "board",
      "Owner",
      "owner ",
      "team:",
      "team: ",
      "person:",
      "person:a b",
      "team:a|b",
      "0 of owner",
    ]
    const several = [
      "10 of owner",
      "2 of ",
      "2 of owner|user",
      "2 of owner | ",
      "2 of owner | owner",
      "2 of 2 of owner",
    ]
    const broken = [
      "team:a\nb",
      'team:a"b',
      "team:a\\b",
      `team:${"x".repeat(201)}`,
      "toString",
      "constructor",
    ]
    for (const text of [...texts, ...several, ...broken]) assert.equal(readAskRoute(text), undefined, text)
  })

  it("reads as it was written", () => {
    for (const [needed, names] of [
      [1, ["owner"]],
      [2, ["security"]],
      [1, ["owner", "team:Payments"]],
      [3, ["user", "manager", "person:ann@example.org"]],
    ] as const) {
      const read = readAskRoute(writeAskRoute(needed, names))
      assert.deepEqual([read?.needed, read?.of.length], [needed, names.length])
    }
  })

  it("is said in words", () => {
    assert.equal(askWords("owner"), "the owner")
    assert.equal(askWords("2 of security | team:Payments"), "2 people among security and the team Payments")
    assert.equal(askWords("2 of security"), "2 people of security")
    assert.equal(askWords("1 of owner | security"), "the owner or security")
    assert.equal(askWords("board"), "board")
    assert.equal(allAskWords(["owner", "security", "owner"]), "the owner and security")
    assert.equal(allAskWords([]), "the owner")
  })
})
