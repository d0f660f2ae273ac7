import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { CredentialReader } from "./credential-reader.ts"
import { readArguments } from "./read-arguments.ts"

const SECRET = "Z6mq87Gwa7Kx"

describe("the arguments of a command", () => {
  it("hide a password that is written to its flag, as database clients take it", () => {
    const { shown, kinds } = read(["jdbc:mariadb://db.example/app", "-uapp", `-p${SECRET}`])
    assert.deepEqual(shown, ["jdbc:mariadb://db.example/app", "-uapp", "-p[secret]"])
    assert.deepEqual(kinds, ["password"])
  })

  it("keep what begins like a password but follows no name", () => {
    for (const args of [
      ["-y", "-project=notes"],
      ["-u", "-packages"],
      ["--user=app", "-portable"],
    ])
      assert.deepEqual(read(args), { shown: args, kinds: [] })
  })

  it("hide a key by its flag, though it is a UUID", () => {
    const key = "1148b43e-4f27-4108-95ef-52cb0b35f6c7"
    assert.deepEqual(read(["run", "--key", key]), {
      shown: ["run", "--key", "[secret]"],
      kinds: ["generic-secret"],
    })
  })
})

function read(args: readonly string[]): { shown: readonly string[]; kinds: readonly string[] } {
  const reader = new CredentialReader(loadKnowledge(), () => "fingerprint", "/p/.mcp.json")
  const shown = readArguments(
    args.map((text) => ({ name: null, text, line: () => 1 })),
    reader,
  )
  return { shown, kinds: reader.sightings().map(({ kind }) => kind) }
}
