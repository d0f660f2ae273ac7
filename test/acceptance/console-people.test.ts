import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { runTabard } from "../world/running-tabard.ts"

describe("the page of people", { skip: chromiumMissing() }, () => {
  it("invites a person by a link that lets them in once, and switches them off", async () => {
    await using tabard = await runTabard()
    const browser = await openBrowser()
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      await page.goto(await tabard.server.signInLink())
      await page.getByLabel("Name").fill("Ann")
      await page.getByLabel("Email").fill("ann@example.test")
      await page.getByRole("button", { name: /Sign in/ }).click()
      await page.getByRole("link", { name: "People" }).click()
      await page.getByRole("button", { name: "Invite a person" }).click()
      await page.getByLabel("Name").fill("Bob")
      await page.getByLabel("Email").fill("bob@example.test")
      await page.getByRole("button", { name: "Invite", exact: true }).click()
      const link =
        (await page
          .getByText(/\/sign-in#/)
          .first()
          .textContent()) ?? ""
      await page.getByRole("button", { name: "Done" }).click()
      await page.getByText("bob@example.test").waitFor()

      const own = await (await browser.newContext()).newPage()
      await own.goto(link.trim())
      await own.getByRole("button", { name: "Bob" }).waitFor()

      await page.getByLabel("Role of Bob").selectOption("auditor")
      await page
        .getByRole("listitem")
        .filter({ hasText: "bob@" })
        .getByRole("button", { name: /Switch off/ })
        .click()
      await page.getByLabel("Reason").fill("left")
      await page.getByRole("button", { name: "Switch off", exact: true }).click()
      await page.getByText("Switched off").waitFor()
      await own.reload()
      await own.getByRole("heading", { name: "Sign in to Tabard" }).waitFor()
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await shoot(page, `people-${theme}`)
        assert.deepEqual(await obstacles(page), [])
      }
      const bob = (await tabard.server.organisation.shelf.snapshot(({ users }) => users.list())).find(
        ({ name }) => name === "Bob",
      )
      assert.deepEqual([bob?.role, bob?.active], ["auditor", false])
    } finally {
      await browser.close()
    }
    assert.deepEqual(tabard.faults, [])
  })
})
