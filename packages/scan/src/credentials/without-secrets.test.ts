import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { withoutSecrets } from "./without-secrets.ts"

const TOKEN = ["ghp", "aB3dE6gH9jK2mN5pQ8sT1vW4xY7z01234567"].join("_")

describe("texts that somebody else read", () => {
  it("lose every secret of a known shape, and keep the rest", () => {
    const left = withoutSecrets(`npx server --token ${TOKEN} --again ${TOKEN} /home/ann`)
    assert.equal(left, "npx server --token [secret removed] --again [secret removed] /home/ann")
  })

  it("are left alone where no secret stands in them, or only a reference to one", () => {
    for (const text of [
      "",
      "npx",
      "/home/ann/.cursor/mcp.json",
      "${GITHUB_TOKEN}",
      "https://example.test/mcp",
    ])
      assert.equal(withoutSecrets(text), text)
  })
})
