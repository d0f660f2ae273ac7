import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { movingVariables } from "./moving-variables.ts"

describe("the variables that a scan is given", () => {
  it("are those that move clients' folders, and none that could be a secret", () => {
    const environment = { CODEX_HOME: "/moved", GITHUB_TOKEN: "secret", PATH: "/bin", XDG_CONFIG_HOME: "" }
    assert.deepEqual(movingVariables(environment), { CODEX_HOME: "/moved" })
  })
})
