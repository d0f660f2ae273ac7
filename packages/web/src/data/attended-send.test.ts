import { expect, it } from "vitest"
import { attendedSend } from "./attended-send.ts"

it("says that nobody is there once no hand was on the page for five minutes, until one is again", async () => {
  const page = new EventTarget()
  const said: (string | null)[] = []
  let now = 0
  const send = attendedSend(
    page,
    () => now,
    async (_, init) => {
      const headers = new Headers(init.headers)
      said.push(headers.get("x-tabard-unattended"))
      expect(headers.get("x-tabard")).toBe("1")
      return new Response()
    },
  )
  const ask = () => send("/api/v1/overview", { headers: { "x-tabard": "1" } })
  await ask()
  now = 299_999
  await ask()
  now = 300_000
  await ask()
  page.dispatchEvent(new Event("keydown"))
  await ask()
  expect(said).toEqual([null, null, "1", null])
})
