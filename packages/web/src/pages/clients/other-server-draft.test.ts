import { describe, expect, it } from "vitest"
import { NEW_OTHER_SERVER, otherServerOf } from "./other-server-draft.ts"

describe("a server elsewhere, while it is written", () => {
  it("reads scopes by gaps and resources by lines, and nothing where nothing was typed", () => {
    const typed = {
      client: "cli_1",
      issuer: " https://auth.example ",
      clientId: "desk",
      scope: " notes:read  notes:write\n",
      resources: "https://a.example/mcp\n\nhttps://b.example/mcp",
    }
    expect(otherServerOf(typed)).toEqual({
      client: "cli_1",
      issuer: "https://auth.example",
      clientId: "desk",
      scope: ["notes:read", "notes:write"],
      resources: ["https://a.example/mcp", "https://b.example/mcp"],
    })
    expect(otherServerOf({ ...typed, scope: " ", resources: "" })).toMatchObject({ scope: [], resources: [] })
  })

  it("is none before a client was chosen", () => {
    expect(otherServerOf({ ...NEW_OTHER_SERVER, issuer: "https://auth.example" })).toBeUndefined()
  })
})
