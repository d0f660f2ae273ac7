import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { PolicyInvalid } from "./policy-invalid.ts"
import { entitiesNamed } from "./policy-nodes.ts"
import { readPolicyDocument } from "./read-policy-document.ts"

const FORBID = "forbid (principal, action, resource);"

describe("reading a document of policies", () => {
  it("answers each with its place, named by its @id or else by its number, in the order of the text", () => {
    const read = readPolicyDocument(
      `// forbid (principal, action, resource);\n@say("a // b")\n${FORBID}\n  @id("late") ${FORBID} ${FORBID}`,
      "own",
    )
    assert.deepEqual(
      read.map(({ id, position: { line, column } }) => [id, line, column]),
      [
        ["own/1", 2, 1],
        ["own/late", 4, 3],
        ["own/3", 4, 53],
      ],
    )
  })

  it("keeps a hundred in their order", () => {
    const names = Array.from({ length: 100 }, (_, at) => `n${at}`)
    const read = readPolicyDocument(names.map((name) => `@id("${name}") ${FORBID}`).join("\n"), "own")
    assert.deepEqual(
      read.map(({ id }) => id),
      names.map((name) => `own/${name}`),
    )
  })

  // What a line's end is to Cedar, and to an editor: a forbid behind it must not vanish as if it were a comment.
  it("ends a comment where Cedar ends it, also at a carriage return", () => {
    const read = readPolicyDocument(`// guard-rails\r${FORBID}\r// more\r\n${FORBID}`, "own")
    assert.deepEqual(
      read.map(({ id }) => id),
      ["own/1", "own/2"],
    )
  })

  it("answers none for comments alone", () => {
    assert.deepEqual(readPolicyDocument("// nothing yet\n", "own"), [])
  })

  for (const [why, text, line, column, words] of [
    ["does not parse", `${FORBID}\nforbid (principal, action, resource) whn { true };`, 2, 38, /whn/],
    ["has slots", "forbid (principal == ?principal, action, resource);", 1, 1, /slots/],
    ["has one @id twice", `@id("a") ${FORBID}\n@id("a") ${FORBID}`, 2, 1, /twice/],
    ["has an @id that names another's policy", `@id("../guard/1") ${FORBID}`, 1, 1, /@id/],
    ["asks by a permit", `${FORBID}\n\n@ask("owner") permit (principal, action, resource);`, 3, 1, /@ask/],
    ["holds too many", FORBID.repeat(501), 1, 1, /at most 500/],
    ["is too long", `//${"x".repeat(262_144)}`, 1, 1, /at most 262144/],
  ] as const) {
    it(`refuses one that ${why}, with line and column`, () => {
      assert.throws(
        () => readPolicyDocument(text, "own"),
        (error: unknown) => {
          assert.ok(error instanceof PolicyInvalid)
          assert.match(error.message, words)
          assert.deepEqual(error.position, { line, column })
          return true
        },
      )
    })
  }

  it("names every entity of a policy, wherever it stands", () => {
    const [policy] = readPolicyDocument(
      `forbid (principal in Tabard::Tier::"t", action in [Tabard::Action::"a"], resource)
       when { principal in [Tabard::Agent::"x"] || principal is Tabard::Agent in Tabard::Organisation::"o" };`,
      "own",
    )
    assert.ok(policy)
    assert.deepEqual(entitiesNamed(policy.json), [
      { type: "Tabard::Tier", id: "t" },
      { type: "Tabard::Action", id: "a" },
      { type: "Tabard::Agent", id: "x" },
      { type: "Tabard::Organisation", id: "o" },
    ])
  })
})
