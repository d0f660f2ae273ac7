import { createClient, type Send } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { followLink, introduce } from "./sign-in-flow.ts"
import { takeCode } from "./take-code.ts"

const SESSION = {
  user: { id: "usr_1", name: "Ann", email: "ann@example.org", role: "administrator" },
  organisation: { slug: "default", name: "Default" },
}

describe("the one-time link", () => {
  it("gives its code up and leaves the address without it", () => {
    const replaced: string[] = []
    const history = { replaceState: (_data: unknown, _unused: string, url: string) => replaced.push(url) }
    expect(takeCode({ location: { pathname: "/sign-in", hash: "#abc123" }, history })).toBe("abc123")
    expect(replaced).toEqual(["/sign-in"])
  })

  it("is read on the sign-in page only, and never when malformed or too long", () => {
    const history = { replaceState: () => {} }
    expect(takeCode({ location: { pathname: "/agents", hash: "#abc" }, history })).toBeUndefined()
    expect(takeCode({ location: { pathname: "/sign-in", hash: "" }, history })).toBeUndefined()
    expect(takeCode({ location: { pathname: "/sign-in", hash: "#%E0" }, history })).toBeUndefined()
    expect(
      takeCode({ location: { pathname: "/sign-in", hash: `#${"a".repeat(65)}` }, history }),
    ).toBeUndefined()
  })
})

describe("signing in", () => {
  it("asks the first administrator who they are before the code is used", async () => {
    const { client, asked } = server({ firstAdministrator: true })
    expect(await followLink(client, "abc")).toEqual({ kind: "introduce", code: "abc" })
    expect(asked.map(([url]) => url)).toEqual(["/api/v1/sign-in/check"])
    expect(await introduce(client, "abc", { name: " Ann ", email: "ann@example.org" })).toEqual(SESSION)
    expect(asked.at(-1)).toEqual(["/api/v1/sign-in", { code: "abc", name: "Ann", email: "ann@example.org" }])
  })

  it("goes straight in for a person the directory knows", async () => {
    const { client, asked } = server({ firstAdministrator: false })
    expect(await followLink(client, "abc")).toEqual({ kind: "signed-in", session: SESSION })
    expect(asked.at(-1)).toEqual(["/api/v1/sign-in", { code: "abc" }])
  })

  it("says what the server says where a link was used or has ended", async () => {
    const { client } = server({ status: 401, detail: "This link has been used or has ended." })
    await expect(followLink(client, "abc")).rejects.toThrow("This link has been used or has ended.")
  })
})

function server(answer: { firstAdministrator?: boolean; status?: number; detail?: string }) {
  const asked: [url: string, body: unknown][] = []
  const send: Send = (url, init) => {
    asked.push([url, typeof init.body === "string" ? JSON.parse(init.body) : undefined])
    const body = url.endsWith("/check") ? answer : SESSION
    return Promise.resolve(Response.json(body, { status: answer.status ?? 200 }))
  }
  return { client: createClient("", send), asked }
}
